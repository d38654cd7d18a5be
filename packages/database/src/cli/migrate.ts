/** `pnpm db:migrate`: brings the database of DATABASE_URL, or the embedded one, to the current schema. */
import { databaseEnv, readEnv } from '@tbi/env';
import { describeLocation, parseDatabaseUrl } from '../location.ts';
import { migrate } from '../migrate.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const { url } = readEnv({ database: databaseEnv }).database;
  const where = describeLocation(parseDatabaseUrl(url));
  const { applied } = await migrate(url);
  return applied.length === 0 ? `${where} is up to date.` : `${where}: applied ${applied.join(', ')}.`;
});
