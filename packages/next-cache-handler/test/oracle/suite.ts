import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Difference, differences } from './differences.ts';
import type { OracleApp } from './fixtures.ts';
import { buildOracleApp, type RunningSite, startOracle, startOurs, vouchForBuild } from './sites.ts';
import { type Next, runScript, type Script, type Site, type Step } from './visitor.ts';

const MAX_AT_ONCE = 8;

/** Runs every script on Next's own cache, on ours in one process and on ours in two, and compares what came. */
export function compareWithNext(app: OracleApp, makeScripts: (next: Next) => readonly Script[]): void {
  const next = app.endsWith('15') ? 15 : 16;
  const scripts = makeScripts(next);
  const sites: RunningSite[] = [];
  let oracle: (readonly Step[])[] = [];
  let one: (readonly Step[])[] = [];
  let two: (readonly Step[])[] = [];

  beforeAll(async () => {
    await buildOracleApp(app);
    await vouchForBuild(app);
    sites.push(...(await Promise.all([startOracle(app), startOurs(app, 1), startOurs(app, 2)])));
    [oracle = [], one = [], two = []] = await Promise.all(sites.map((site) => runAll(site, scripts)));
    await askAgainAlone();
  });
  afterAll(() => Promise.all(sites.map((site) => site.stop())));

  const expected = (index: number, feature: string) =>
    transcript(next, allowing(next, oracle[index], feature), feature);

  /**
   * What is fresh or stale depends on when it is asked. An answer that differs while many scripts run at once, on
   * processes that have just started, is asked once more, under another name, and where that is not enough (a page of
   * the build has one name only) on a site that is new: a difference comes again.
   */
  async function askAgainAlone() {
    const [ofNext, ...ofOurs] = sites;
    for (const [index, script] of scripts.entries()) {
      const { feature } = script;
      const asSaid = (oracle[index] ?? []).every((step) => step.verdict === step.expected);
      if (!asSaid && ofNext) oracle[index] = await runScript(ofNext, script, index + scripts.length * 2);
      for (const [at, steps] of [one, two].entries()) {
        const site = ofOurs[at];
        const isSame = () =>
          isDeepStrictEqual(transcript(next, steps[index], feature), expected(index, feature));
        if (!isSame() && site) steps[index] = await runScript(site, script, index + scripts.length * 2);
        if (!isSame()) steps[index] = await runOnNewSite(script, index, at + 1);
      }
    }
  }

  async function runOnNewSite(script: Script, index: number, processes: number) {
    const site = await startOurs(app, processes);
    try {
      return await runScript(site, script, index);
    } finally {
      await site.stop();
    }
  }

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
        expect(transcript(next, one[index], feature)).toEqual(expected(index, feature));
      });

      test('ours in two processes does the same', () => {
        expect(transcript(next, two[index], feature)).toEqual(expected(index, feature));
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
function allowing(next: Next, steps: readonly Step[] = [], feature: string): readonly Step[] {
  return steps.map((step) => {
    const { verdict = step.verdict, headers } = differenceAt(next, feature, step)?.ours ?? {};
    return { ...step, verdict, details: { ...step.details, ...(headers === 'any' ? {} : headers) } };
  });
}

function differenceAt(on: Next, feature: string, { step }: Step): Difference | undefined {
  return differences.find(
    ({ next = on, at }) => next === on && at.some(([where, when]) => where === feature && when === step),
  );
}

/** One text for each step: a difference shows the step, both verdicts and both sets of headers. */
function transcript(next: Next, steps: readonly Step[] = [], feature: string): string[] {
  return steps.map((step) => {
    const ours = differenceAt(next, feature, step)?.ours;
    if (ours?.headers === 'any') return `${step.step}: ${step.verdict}`;
    const { body, ...headers } = step.details;
    // Where the verdicts differ, so do the bodies.
    const compared = body === undefined || ours?.verdict !== undefined ? headers : { ...headers, body };
    const lines = Object.entries(compared)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `\n    ${name}: ${value}`);
    return `${step.step}: ${step.verdict}${lines.join('')}`;
  });
}
