// `pnpm test:http-conformance`: runs the public suite and says what it found.
import { runSuite, type SuiteResult } from './run-suite.ts';
import { contradicted, deviations, floor } from './verdicts.ts';

const results = await runSuite();
const graded = results.filter(({ kind }) => kind !== 'check');

for (const [title, list] of [
  ['Contradicted by the standards, or by themselves', contradicted],
  ['Deliberately otherwise', deviations],
] as const) {
  console.log(`\n${title}:`);
  for (const { id } of graded.filter((result) => result.id in list)) console.log(`  ${id}: ${list[id]}`);
}

const unexpected = graded.filter(({ id, passed }) => passed === (id in contradicted || id in deviations));
if (unexpected.length > 0) console.log('\nNot as recorded in verdicts.ts:');
for (const { id, passed, message } of unexpected) console.log(`  ${id}: ${passed ? 'passes' : message}`);

console.log();
for (const kind of ['required', 'optimal'] as const) {
  const all = graded.filter((result) => result.kind === kind);
  const valid = all.filter(({ id }) => !(id in contradicted));
  console.log(
    `${kind}: ${passedOf(all)} of ${all.length}, ${share(valid)} of those that are not contradicted`,
  );
  if (passedOf(all) < floor[kind]) process.exitCode = 1;
}
if (unexpected.length > 0) process.exitCode = 1;

function passedOf(list: readonly SuiteResult[]): number {
  return list.filter(({ passed }) => passed).length;
}

function share(list: readonly SuiteResult[]): string {
  return `${((100 * passedOf(list)) / list.length).toFixed(1)} %`;
}
