// `pnpm db:migrate` and `pnpm db:seed`: on the database of DATABASE_URL, or the embedded one.
import { loadDotenv } from './lib/load-dotenv.mjs';
import { database, generate } from './lib/prepare.mjs';

const command = process.argv[2];
if (command !== 'migrate' && command !== 'seed') throw new Error('expected "migrate" or "seed"');
loadDotenv();
await generate();
await database(command);
