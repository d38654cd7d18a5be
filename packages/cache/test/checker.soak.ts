import { expect, it } from 'vitest';
import { chooseSeed, runChecker } from './support/checker.ts';

it('for minutes, whatever fails, no process serves what it knows to be outdated', async () => {
  const first = chooseSeed(process.env.CACHE_CHECKER_SEED);
  for (let round = 0; round < 3; round += 1) {
    const seed = first + round;
    const report = await runChecker({ seed, durationMs: 120_000, processes: 4 });
    console.log(`checker, seed ${seed}: ${JSON.stringify(report)}`);
    expect(report.violations).toEqual([]);
    expect(report.unconverged).toEqual([]);
  }
});
