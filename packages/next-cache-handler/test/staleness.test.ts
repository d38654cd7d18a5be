import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchLifetimes, responseLifetimes } from '../src/lifetimes.ts';
import type { CacheControl } from '../src/next-types.ts';
import { fetchVerdict, responseVerdict } from '../src/staleness.ts';

const NOW = 1_700_000_000_000;

/** How Next 16.4.6 judges a response (`IncrementalCache.get`). */
function nextJudges(lastModified: number, known: CacheControl | undefined): 'fresh' | 'stale' | 'blocking' {
  const revalidate = known ? known.revalidate : 1;
  if (known?.expire !== undefined && known.expire * 1000 + lastModified < NOW) return 'blocking';
  return revalidate !== false && revalidate * 1000 + lastModified < NOW ? 'stale' : 'fresh';
}

const seconds = fc.integer({ min: 1, max: 40_000_000 });
/** As Next makes them: `expire` after `revalidate`, unless the configuration says otherwise. */
const cacheControls: fc.Arbitrary<CacheControl> = fc.oneof(
  fc.tuple(seconds, seconds).map(([revalidate, more]) => ({ revalidate, expire: revalidate + more })),
  fc.tuple(seconds, seconds).map(([revalidate, expire]) => ({ revalidate, expire })),
  seconds.map((revalidate) => ({ revalidate })),
  fc.constant({ revalidate: false as const }),
);

describe('responses', () => {
  test('Next arrives at the engine’s verdict with the lifetimes that it is given', () => {
    fc.assert(
      fc.property(cacheControls, fc.boolean(), fc.boolean(), (cacheControl, stale, staleByTag) => {
        const found = { stale: stale || staleByTag, staleByTag, cacheControl };
        const verdict = responseVerdict(found, NOW);
        const expected = found.stale ? 'stale' : 'fresh';
        expect(nextJudges(verdict.lastModified, verdict.cacheControl)).toBe(expected);
      }),
    );
  });

  test('an older Next arrives at it with what it remembers, or with the second that it assumes', () => {
    fc.assert(
      fc.property(cacheControls, fc.boolean(), (cacheControl, stale) => {
        const { revalidate, expire = Number.POSITIVE_INFINITY } = cacheControl;
        fc.pre(revalidate !== false && revalidate < expire);
        const { lastModified } = responseVerdict({ stale, staleByTag: false, cacheControl }, NOW);
        for (const remembered of [cacheControl, undefined]) {
          expect(nextJudges(lastModified, remembered)).toBe(stale ? 'stale' : 'fresh');
        }
      }),
    );
  });

  test('a response that a tag made stale does not settle in a cache in front', () => {
    const cacheControl = { revalidate: 3600, expire: 86_400 };
    const verdict = responseVerdict({ stale: true, staleByTag: true, cacheControl }, NOW);
    expect(verdict.cacheControl).toEqual({ revalidate: 1, expire: 86_400 });
  });

  test('lifetimes: nothing is fresh for longer than it lives', () => {
    const both = { freshForMs: 60_000, keepForMs: 60_000 };
    expect(responseLifetimes({ revalidate: 3600, expire: 60 })).toEqual(both);
    expect(responseLifetimes({ revalidate: false, expire: 60 })).toEqual(both);
  });

  test('lifetimes: never is for ever, and without an end stale responses are kept', () => {
    expect(responseLifetimes({ revalidate: 60, expire: 600 })).toEqual({
      freshForMs: 60_000,
      keepForMs: 600_000,
    });
    const forEver = { freshForMs: Number.POSITIVE_INFINITY, keepForMs: Number.POSITIVE_INFINITY };
    expect(responseLifetimes({ revalidate: false })).toEqual(forEver);
    expect(responseLifetimes(undefined)).toEqual({});
  });
});

describe('data', () => {
  const judge = (lastModified: number, revalidate: number) =>
    (NOW - lastModified) / 1000 > revalidate ? 'stale' : 'fresh';

  test('is as old as it is, so that each reader judges by its own lifetime', () => {
    const found = { staleByTag: false, createdAtMs: NOW - 100_000, revalidate: 3600 };
    const { lastModified } = fetchVerdict(found, { kind: 'FETCH', revalidate: 60 }, NOW);
    expect(lastModified).toBe(NOW - 100_000);
    expect(judge(lastModified, 60)).toBe('stale');
  });

  test('is stale to every reader when a tag made it so', () => {
    fc.assert(
      fc.property(seconds, fc.option(seconds, { nil: undefined }), (written, asked) => {
        const found = { staleByTag: true, createdAtMs: NOW - 1, revalidate: written };
        const { lastModified } = fetchVerdict(found, { kind: 'FETCH', revalidate: asked }, NOW);
        expect(judge(lastModified, asked ?? written)).toBe('stale');
      }),
    );
  });

  test('lives as long as its writer says, and stale for ever', () => {
    const data = { headers: {}, body: '', url: '' };
    const lifetimes = fetchLifetimes({ kind: 'FETCH', data, revalidate: 60 });
    expect(lifetimes).toEqual({ freshForMs: 60_000, keepForMs: Number.POSITIVE_INFINITY });
  });
});
