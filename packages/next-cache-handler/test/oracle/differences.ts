/** Where ours may, and must, show something else than Next's own cache, and why. */
export interface Difference {
  readonly reason: string;
  /** What ours shows there; what is left out is the same. */
  readonly ours: { readonly verdict?: string; readonly headers?: Readonly<Record<string, string>> };
  readonly at: readonly (readonly [feature: string, step: string])[];
}

const REVALIDATED =
  'Next names answers that it made because the old one was past `expire` in three ways. Ours gives no entry, so it is a MISS.';
const SHARED_CACHES =
  'A stale answer may be kept in front of the site for a second only: for the lifetime of a fresh one it would hide the new one.';

export const differences: readonly Difference[] = [
  {
    reason: REVALIDATED,
    ours: { verdict: 'MISS page3' },
    at: [
      ['ISR: a page that is revalidated by time', 'expired'],
      ['pages router: revalidate, with its data', 'expired'],
    ],
  },
  {
    reason: REVALIDATED,
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
    reason:
      'Next ends at the deadline whatever is older than the deadline. Ours ends what is older than the invalidation: a page that was made anew after it stays.',
    ours: { verdict: 'HIT page2 data2' },
    at: [['tags: revalidateTag(tag, { expire: 3 })', 'after the mark expired']],
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
    at: [['ISR: a render that throws', 'later']],
  },
];
