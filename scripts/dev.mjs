// `pnpm dev`: the site on http://localhost:3000 (or PORT) with whatever .env names, and without it with nothing
// but Node: the cache in memory, the database a SQLite file that is created and filled here.
import { describeSetup } from './lib/describe-setup.mjs';
import { loadDotenv } from './lib/load-dotenv.mjs';
import { nextBinary, webFolder } from './lib/next.mjs';
import { database, generate } from './lib/prepare.mjs';
import { runNode } from './lib/run.mjs';

loadDotenv();
await generate();
if (process.env.DATABASE_URL) {
  // Somebody's database is changed only when they say so.
  console.log(
    'Using the database of DATABASE_URL as it is. For a new or older one: pnpm db:migrate, pnpm db:seed',
  );
} else {
  await database('migrate');
  await database('seed');
}
console.log(describeSetup(process.env));
process.exitCode = await runNode(
  nextBinary,
  ['dev', '--hostname', 'localhost', '--port', process.env.PORT || '3000'],
  {
    cwd: webFolder,
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  },
);
