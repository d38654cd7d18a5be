import { expect, it } from 'vitest';
import { chooseSeed, runChecker } from './support/checker.ts';

it('whatever fails, no process serves what it knows to be outdated, and in the end all serve what is current', async () => {
  const seed = chooseSeed(process.env.CACHE_CHECKER_SEED);
  const report = await runChecker({ seed, durationMs: 60_000, processes: 4 });
  console.log(`checker: ${JSON.stringify(report)}`);
  expect(report.violations).toEqual([]);
  expect(report.unconverged).toEqual([]);
  expect(report.hits).toBeGreaterThan(500);
  expect(report.slowestMs).toBeLessThan(6_000);
});
