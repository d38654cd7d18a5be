// `pnpm run cache <command>`, and the scripts cache:health, cache:metrics, cache:clear, cache:monitor: the operator's
// command line. (`pnpm cache` alone is a command of pnpm's own.)
import { loadDotenv } from './lib/load-dotenv.mjs';
import { webFolder } from './lib/next.mjs';
import { root } from './lib/root.mjs';
import { runTypeScript } from './lib/run.mjs';

loadDotenv();
process.exitCode = await runTypeScript(`${root}/packages/operations/src/cli/main.ts`, process.argv.slice(2), {
  cwd: webFolder,
});
