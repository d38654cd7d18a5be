import { beforeAll, describe, expect, it } from 'vitest';
import { runSuite, type SuiteResult } from './conformance/run-suite.ts';
import { contradicted, deviations, floor } from './conformance/verdicts.ts';

let graded: readonly SuiteResult[];
beforeAll(async () => {
  graded = (await runSuite()).filter(({ kind }) => kind !== 'check');
});

const passing = (kind: string, list = graded) =>
  list.filter((result) => result.kind === kind && result.passed).length;

describe('the public suite of HTTP caching', () => {
  it('passes, but for what is contradicted by the standards or deliberate, exactly', () => {
    const failing = graded.filter(({ passed }) => !passed).map(({ id }) => id);
    expect(failing.sort()).toEqual([...Object.keys(contradicted), ...Object.keys(deviations)].sort());
  });

  it('passes in no smaller number than recorded', () => {
    expect(passing('required')).toBeGreaterThanOrEqual(floor.required);
    expect(passing('optimal')).toBeGreaterThanOrEqual(floor.optimal);
  });

  it('passes in at least 94 % of the required and 81 % of the optimal tests that the standards do not contradict', () => {
    const valid = graded.filter(({ id }) => !(id in contradicted));
    const share = (kind: string) =>
      passing(kind, valid) / valid.filter((result) => result.kind === kind).length;
    expect(share('required')).toBeGreaterThanOrEqual(0.94);
    expect(share('optimal')).toBeGreaterThanOrEqual(0.81);
  });
});
