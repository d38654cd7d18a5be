// `pnpm lint`: five steps, each with its time and, when it fails, what it found.
import { lint } from './lib/lint-steps.mjs';

const results = await lint();
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
