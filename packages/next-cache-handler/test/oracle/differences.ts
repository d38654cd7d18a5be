import type { Next } from './visitor.ts';

/** Where ours may, and must, show something else than Next's own cache, and why. */
export interface Difference {
  readonly reason: string;
  /** What ours shows there; what is left out is the same. `any`: an error has other headers altogether. */
  readonly ours: { readonly verdict?: string; readonly headers?: Readonly<Record<string, string>> | 'any' };
  /** Default: on every version that the step exists on. */
  readonly next?: Next;
  readonly at: readonly (readonly [feature: string, step: string])[];
}

const REVALIDATED =
  'Next names answers that it made because the old one was past `expire` in three ways. Ours gives no entry, so it is a MISS.';
const SHARED_CACHES =
  'A stale answer may be kept in front of the site for a second only: for the lifetime of a fresh one it would hide the new one.';

export const differences: readonly Difference[] = [
  {
    reason: REVALIDATED,
    next: 16,
    ours: { verdict: 'MISS page3' },
    at: [
      ['ISR: a page that is revalidated by time', 'expired'],
      ['pages router: revalidate, with its data', 'expired'],
    ],
  },
  {
    reason: REVALIDATED,
    next: 16,
    ours: { verdict: '203 MISS page3' },
    at: [['ISR: a route handler with a status and headers of its own', 'expired']],
  },
  {
    reason: SHARED_CACHES,
    ours: { headers: { 'cache-control': 's-maxage=1' } },
    at: [
      ["tags: revalidateTag(tag, 'max') on /tagged", 'stale'],
      ["tags: revalidateTag(tag, 'max') on /route", 'stale'],
      ['tags: revalidateTag(tag, { expire: 3 })', 'stale'],
      ["actions: revalidateTag(tag, 'max')", 'everybody afterwards'],
    ],
  },
  {
    reason: SHARED_CACHES,
    ours: { headers: { 'cache-control': 's-maxage=1, stale-while-revalidate=86399' } },
    at: [
      ["components: revalidateTag(tag, 'max') on /page", 'afterwards'],
      ["components: revalidateTag(tag, 'max') on /whole", 'afterwards'],
      ["components: revalidateTag(tag, 'max') on /handler", 'afterwards'],
      ["components: an action that does revalidateTag(tag, 'max')", 'everybody afterwards'],
    ],
  },
  ...(
    [
      ['another param', 'page2'],
      ['yet another param', 'page3'],
      ['yet another param again', 'HIT page3'],
    ] as const
  ).map(
    ([step, verdict]): Difference => ({
      reason:
        'Next cannot render an empty shell at run time and answers 500 once it is invalidated. Ours gives the one of the build, in which there is nothing to invalidate.',
      ours: { verdict, headers: 'any' },
      at: [['components: an empty shell whose route was invalidated', step]],
    }),
  ),
  {
    reason:
      'Next ends at the deadline whatever is older than the deadline. Ours ends what is older than the invalidation: a page that was made anew after it stays.',
    ours: { verdict: 'HIT data2 page2' },
    at: [['tags: revalidateTag(tag, { expire: 3 })', 'after the mark expired']],
  },
  {
    reason:
      "Next's own memory forgets at `revalidate`. As Next documents `cacheLife`, ours serves what is stale once more while it is made anew.",
    ours: { verdict: 'data1' },
    at: [
      ['use cache: a lifetime of its own (timed)', 'past revalidate'],
      ['use cache: a lifetime of its own (named)', 'past revalidate'],
    ],
  },
  {
    reason: 'Next refuses fetched data of more than 2 MB to its own cache; a handler may keep it.',
    ours: { verdict: 'data1' },
    at: [['fetch: 3 MB', 'again']],
  },
  {
    reason:
      'Each failing render lengthens the life of the old page in Next beyond `expire`. Ours ends at `expire`, whatever fails.',
    ours: { verdict: 'MISS page2', headers: { 'cache-control': 's-maxage=3, stale-while-revalidate=3' } },
    next: 16,
    at: [['ISR: a render that throws', 'later']],
  },
];
