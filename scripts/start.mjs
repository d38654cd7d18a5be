// `pnpm start`: the production server of the last `pnpm build`, on PORT or 3000.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadDotenv } from './lib/load-dotenv.mjs';
import { nextBinary, webFolder } from './lib/next.mjs';
import { runNode } from './lib/run.mjs';

loadDotenv();
if (existsSync(join(webFolder, '.next', 'BUILD_ID'))) {
  process.exitCode = await runNode(nextBinary, ['start', '--port', process.env.PORT || '3000'], {
    cwd: webFolder,
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  });
} else {
  console.error('There is no build to start. Make one: pnpm build');
  process.exitCode = 1;
}
