// `pnpm build`: the site for production. Reads BUILD_DATABASE_URL, or the embedded database, which is created
// and filled if it is missing; connects to nothing else.
import { join } from 'node:path';
import { loadDotenv } from './lib/load-dotenv.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

loadDotenv();
process.exitCode = await run(join(root, 'node_modules', '.bin', 'turbo'), ['run', 'build'], {
  env: { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NEXT_TELEMETRY_DISABLED: '1' },
});
