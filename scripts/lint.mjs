// `pnpm lint`: five steps, each with its time and, when it fails, what it found.
import { lint } from './lib/lint-steps.mjs';
import { generateForDevelopment } from './lib/prepare.mjs';

await generateForDevelopment();
const results = await lint();
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
