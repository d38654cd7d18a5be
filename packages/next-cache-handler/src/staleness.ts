import type { CacheControl, FetchGetContext } from './next-types.ts';

/** What Next judges an entry by. All times are of Next's clock. */
export interface Verdict {
  readonly lastModified: number;
  readonly cacheControl?: CacheControl;
}

export interface Found {
  readonly stale: boolean;
  /** Stale because a tag was marked, whatever the age. */
  readonly staleByTag: boolean;
  readonly cacheControl?: CacheControl | undefined;
}

/**
 * Next recomputes from `lastModified` and `cacheControl` whether a response is stale; the engine has decided that
 * already, so they are chosen such that Next arrives at the same verdict: a fresh response looks just made, a stale
 * one just past its time. For one that was stored without a lifetime, Next assumes a second.
 */
export function responseVerdict({ stale, staleByTag, cacheControl }: Found, nowMs: number): Verdict {
  if (cacheControl === undefined) return { lastModified: stale ? nowMs - 2_000 : nowMs };
  if (!stale) return { lastModified: nowMs, cacheControl };
  const revalidate = cacheControl.revalidate === false ? 1 : cacheControl.revalidate;
  const lastModified = nowMs - revalidate * 1000 - 1;
  const expiresFirst = cacheControl.expire !== undefined && cacheControl.expire <= revalidate;
  if (!staleByTag && !expiresFirst && cacheControl.revalidate !== false)
    return { lastModified, cacheControl };
  // The stale copy must not be taken for the new one by a cache in front: a second is the least that Next allows.
  const expire =
    cacheControl.expire === undefined ? {} : { expire: Math.max(cacheControl.expire, revalidate + 2) };
  return { lastModified, cacheControl: { revalidate: 1, ...expire } };
}

/**
 * Next compares the age of data with what the reader asks for (`revalidate` of its `fetch`), so the true age counts,
 * except where a tag made it stale.
 */
export function fetchVerdict(
  found: { readonly staleByTag: boolean; readonly createdAtMs: number; readonly revalidate: number },
  context: FetchGetContext,
  nowMs: number,
): Verdict {
  if (!found.staleByTag) return { lastModified: found.createdAtMs };
  const revalidate = context.revalidate || found.revalidate;
  return { lastModified: Math.min(found.createdAtMs, nowMs - revalidate * 1000 - 1) };
}
