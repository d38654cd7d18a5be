// `pnpm start`: the production server of the last `pnpm build`, on PORT or 3000.
import { existsSync } from 'node:fs';
import { loadDotenv } from './lib/load-dotenv.mjs';
import { standaloneServer } from './lib/next.mjs';
import { runNode } from './lib/run.mjs';

loadDotenv();
if (existsSync(standaloneServer)) {
  process.exitCode = await runNode(standaloneServer, [], { env: { NEXT_TELEMETRY_DISABLED: '1' } });
} else {
  console.error('There is no build to start. Make one: pnpm build');
  process.exitCode = 1;
}
