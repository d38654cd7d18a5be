import { runCommandLine } from './run.ts';

// `pnpm run cache <command>`: an entry file, so that the rest can be tested as functions.
process.exitCode = await runCommandLine(process.argv.slice(2));
