import type { Entry } from '@tbi/cache';
import { readAll, streamOf } from './byte-streams.ts';
import { USE_CACHE_KIND } from './keys.ts';
import { fromNextMs, toNextMs } from './next-clock.ts';
import type { UseCacheEntry } from './next-types.ts';
import { createOneGeneration } from './one-generation.ts';
import type { Runtime } from './runtime.ts';
import { createStampHistory } from './stamp-history.ts';
import { withPathsAbove } from './tags.ts';
import { decodeUseCache, encodeUseCache, ownTags } from './use-cache-codec.ts';

/**
 * Nothing is read of it. Not awaited: Next may have given one branch of a stream that it has split, and cancelling one
 * settles only when the other has been read or cancelled too, perhaps never.
 */
const leave = (value: ReadableStream) => void value.cancel().catch(() => {});

/** Next's `cacheHandlers` on the engine: the results of `'use cache'` functions. */
export function createUseCacheHandler({ engine, joining }: Runtime) {
  const history = createStampHistory();
  const generation = createOneGeneration(engine);
  const pendingSets = new Map<string, Promise<void>>();

  async function get(key: string, softTags: readonly string[]): Promise<UseCacheEntry | undefined> {
    const pending = pendingSets.get(key);
    if (pending !== undefined) await pending;
    const joined = joining();
    if (joined !== null) await joined;
    const reads = withPathsAbove(softTags);
    const lookup = await engine.get(USE_CACHE_KIND, key, { softTags: reads });
    const isMiss = lookup.entry === null;
    const { entry, reason, stamp } = isMiss ? await generation.instead(key, reads, lookup) : lookup;
    history.note(stamp);
    return entry === null ? undefined : toNext(entry, reason === 'stale-tag');
  }

  function toNext(entry: Entry, staleByTag: boolean): UseCacheEntry | undefined {
    const stored = decodeUseCache(entry.payload);
    if (stored === null) return undefined;
    return {
      value: streamOf(stored.bytes),
      tags: [...(stored.tags ?? entry.tags)],
      stale: stored.stale,
      timestamp: toNextMs(engine.toLocalMs(entry.createdMs)),
      expire: stored.expire,
      // Negative: always in the past, so Next serves the value once more and generates a new one.
      revalidate: staleByTag ? -1 : stored.revalidate,
    };
  }

  /** Whether it was stored. */
  async function store(key: string, pendingEntry: Promise<UseCacheEntry>): Promise<boolean> {
    const { value, tags, stale, timestamp, expire, revalidate } = await pendingEntry;
    const stamp = history.at(timestamp);
    // Zero seconds mark what is generated for every request; without a stamp it cannot be told what invalidates it.
    if (expire <= 0 || stamp === undefined) {
      leave(value);
      return false;
    }
    const bytes = await readAll(value);
    const payload = encodeUseCache({ bytes, tags: ownTags(tags), stale, expire, revalidate });
    const beganAtMs = fromNextMs(timestamp);
    const { stored } = await engine.set(USE_CACHE_KIND, key, payload, {
      stamp,
      tags,
      beganAtMs,
      createdAtMs: beganAtMs,
      freshForMs: Math.max(0, revalidate) * 1000,
      keepForMs: expire * 1000,
    });
    return stored;
  }

  /** A `get` of the same key waits for it. Never rejects: a value that cannot be stored is generated again. */
  function set(key: string, pendingEntry: Promise<UseCacheEntry>): Promise<void> {
    const storing = store(key, pendingEntry)
      .catch(() => false)
      .then((stored) => {
        generation.end(key, stored);
        if (pendingSets.get(key) === storing) pendingSets.delete(key);
      });
    pendingSets.set(key, storing);
    return storing;
  }

  /** This process stands here now: generations of this request begin later. */
  const begin = () => history.note(engine.stamp());

  return { get, set, begin };
}
