import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFixture } from '../helpers/fixture.ts';
import { type Difference, differences } from './differences.ts';
import { type RunningSite, startOracle, startOurs, vouchForBuild } from './sites.ts';
import { runScript, type Script, type Site, type Step } from './visitor.ts';

const MAX_AT_ONCE = 8;

/** Runs every script on Next's own cache, on ours in one process and on ours in two, and compares what came. */
export function compareWithNext(fixture: string, scripts: readonly Script[]): void {
  const sites: RunningSite[] = [];
  let oracle: readonly (readonly Step[])[] = [];
  let one: readonly (readonly Step[])[] = [];
  let two: readonly (readonly Step[])[] = [];

  beforeAll(async () => {
    await buildFixture(fixture);
    await vouchForBuild(fixture);
    sites.push(...(await Promise.all([startOracle(fixture), startOurs(fixture, 1), startOurs(fixture, 2)])));
    [oracle = [], one = [], two = []] = await Promise.all(sites.map((site) => runAll(site, scripts)));
  });
  afterAll(() => Promise.all(sites.map((site) => site.stop())));

  describe.each(scripts.map(({ feature }, index) => ({ feature, index })))(
    '$feature',
    ({ feature, index }) => {
      test("Next's own cache does what the script says", () => {
        const steps = oracle[index] ?? [];
        expect(steps.map(({ step, verdict }) => `${step}: ${verdict}`)).toEqual(
          steps.map(({ step, expected }) => `${step}: ${expected}`),
        );
        expect(steps.length).toBeGreaterThan(0);
      });

      test('ours in one process does the same', () => {
        expect(transcript(one[index], feature)).toEqual(
          transcript(allowing(oracle[index], feature), feature),
        );
      });

      test('ours in two processes does the same', () => {
        expect(transcript(two[index], feature)).toEqual(
          transcript(allowing(oracle[index], feature), feature),
        );
      });
    },
  );

  test('every listed difference belongs to a step', () => {
    const steps = new Set(
      scripts.flatMap(({ feature }, index) => (oracle[index] ?? []).map(({ step }) => `${feature}: ${step}`)),
    );
    const listed = differences
      .flatMap(({ at }) => at)
      .filter(([feature]) => scripts.some((script) => script.feature === feature));
    expect(listed.map((place) => place.join(': ')).filter((name) => !steps.has(name))).toEqual([]);
  });
}

/** The scripts wait most of their time: several run at once, and are told apart by what they ask for. */
async function runAll(site: Site, scripts: readonly Script[]): Promise<(readonly Step[])[]> {
  const results: (readonly Step[])[] = [];
  const waiting = scripts.entries();
  const work = async () => {
    for (const [index, script] of waiting) results[index] = await runScript(site, script, index);
  };
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, work));
  return results;
}

/** What ours must show: what Next showed, but for the listed differences. */
function allowing(steps: readonly Step[] = [], feature: string): readonly Step[] {
  return steps.map((step) => {
    const { verdict = step.verdict, headers = {} } = differenceAt(feature, step)?.ours ?? {};
    return { ...step, verdict, details: { ...step.details, ...headers } };
  });
}

function differenceAt(feature: string, { step }: Step): Difference | undefined {
  return differences.find(({ at }) => at.some(([where, when]) => where === feature && when === step));
}

/** One text for each step: a difference shows the step, both verdicts and both sets of headers. */
function transcript(steps: readonly Step[] = [], feature: string): string[] {
  return steps.map((step) => {
    const { body, ...headers } = step.details;
    // Where the verdicts differ, so do the bodies.
    const compared = differenceAt(feature, step)?.ours.verdict === undefined ? { ...headers, body } : headers;
    const lines = Object.entries(compared)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `\n    ${name}: ${value}`);
    return `${step.step}: ${step.verdict}${lines.join('')}`;
  });
}
