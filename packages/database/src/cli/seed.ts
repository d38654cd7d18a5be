/** `pnpm db:seed`: creates what is missing of the catalogue, and the administrator, in a migrated database. */
import { adminEnv, databaseEnv, readEnv } from '@tbi/env';
import { buildSeed } from '../../../../prisma/seed/index.ts';
import { administratorFrom } from '../administrator.ts';
import { describeLocation, parseDatabaseUrl } from '../location.ts';
import { developmentPassword } from '../password.ts';
import { seed } from '../seed.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const { database, admin } = readEnv({ database: databaseEnv, admin: adminEnv });
  const where = describeLocation(parseDatabaseUrl(database.url));
  const administrator = administratorFrom(admin);
  const { created } = await seed(database.url, buildSeed(), { administrator });

  const counts = `${created.categories} categories, ${created.regions} regions, ${created.reports} reports`;
  const lines = [`${where}: created ${counts}, ${created.translations} translations.`];
  if (administrator === undefined) {
    lines.push('No administrator was created: production needs ADMIN_PASSWORD for that.');
  } else if (created.administrators > 0) {
    const password = administrator.password === developmentPassword ? developmentPassword : 'ADMIN_PASSWORD';
    lines.push(`Administrator: ${administrator.email}, password: ${password}`);
  }
  return lines.join('\n');
});
