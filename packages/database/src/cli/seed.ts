/** `pnpm db:seed`: creates what is missing of the catalogue, and the administrator, in a migrated database. */
import { adminEnv, databaseEnv, readEnv } from '@tbi/env';
import { buildSeed } from '../../../../prisma/seed/index.ts';
import { administratorFrom, describeAdministrator } from '../administrator.ts';
import { describeLocation, parseDatabaseUrl } from '../location.ts';
import { seed } from '../seed.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const { database, admin } = readEnv({ database: databaseEnv, admin: adminEnv });
  const where = describeLocation(parseDatabaseUrl(database.url));
  const administrator = administratorFrom(admin);
  const { created, administrator: seeded } = await seed(database.url, buildSeed(), { administrator });

  const counts = `${created.categories} categories, ${created.regions} regions, ${created.reports} reports`;
  return [
    `${where}: created ${counts}, ${created.translations} translations.`,
    ...describeAdministrator(administrator, seeded),
  ].join('\n');
});
