// `pnpm test`: everything, ending with a line for each failure and one `N passed, N failed`. Arguments go to
// Vitest, so that `pnpm test packages/cache` runs the tests of one package; lint is part of the whole run only.
// `--soak` runs the soaks instead. `--hardened`: against Redis servers with TLS and the users of deploy/redis.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countResults } from './lib/count-results.mjs';
import { lint } from './lib/lint-steps.mjs';
import { listFailures } from './lib/list-failures.mjs';
import { generateForDevelopment } from './lib/prepare.mjs';
import { root } from './lib/root.mjs';
import { runNode } from './lib/run.mjs';

const soak = process.argv.includes('--soak');
const hardened = process.argv.includes('--hardened');
const filters = process.argv
  .slice(2)
  .filter((argument) => !['--soak', '--hardened', '--'].includes(argument));

await generateForDevelopment();
const lintResults = soak || filters.length > 0 ? [] : await lint();

const folder = await mkdtemp(join(tmpdir(), 'tbi-test-'));
const report = join(folder, 'report.json');
const exitCode = await runNode(
  join(root, 'node_modules', 'vitest', 'vitest.mjs'),
  [
    'run',
    ...(soak ? ['--config', 'vitest.soak.config.ts'] : []),
    ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`],
    ...filters,
  ],
  { env: hardened ? { TEST_REDIS_HARDENED: '1' } : {} },
);
const json = await readFile(report, 'utf8').catch(() => null);
await rm(folder, { recursive: true, force: true });

const results = { lintResults, report: json === null ? null : JSON.parse(json) };
const { passed, failed } = countResults({
  ...results,
  exitCode,
  picked: filters.some((argument) => /^(-t|--testNamePattern)\b/.test(argument)),
});
for (const line of listFailures({ ...results, root })) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
