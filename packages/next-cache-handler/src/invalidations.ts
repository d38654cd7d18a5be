import { type Cache, codeOf, type InvalidateOptions } from '@tbi/cache';
import type { Durations } from './next-types.ts';
import { processLog } from './process-log.ts';

export interface Invalidations {
  /**
   * Makes what carries one of the tags unusable on every process: now, or, with `expire` seconds above 0, stale now
   * and unusable then. Resolves when it is recorded, or holds here and waits for Redis; never rejects. One that nobody
   * will hear of is reported.
   */
  record(tags: string | readonly string[], durations?: Durations): Promise<void>;
}

/** In the place of an engine where there is none that others could hear of. */
export const unrecorded: Pick<Cache, 'invalidate'> = {
  invalidate: () => Promise.reject(new Error('There is no cache.')),
};

/** Nothing is stored for longer than 30 days, so this is "for ever". */
const NEVER_S = 365 * 24 * 3600;

/**
 * Next tells each of its handlers of every invalidation, all in the same turn of the event loop: equal ones are
 * recorded once. It is recorded after that turn, never by joining a record that is already on its way, which may
 * stand before what the later caller has written.
 */
export function createInvalidations(engine: Pick<Cache, 'invalidate'>): Invalidations {
  const waiting = new Map<string, Promise<void>>();

  async function send(tags: readonly string[], options: InvalidateOptions, signature: string) {
    await Promise.resolve();
    waiting.delete(signature);
    try {
      await engine.invalidate(tags, options);
    } catch (error) {
      // Closed: this process is ending, and no other heard of it before either.
      const why =
        codeOf(error) === 'ERR_CACHE_CLOSED' ? 'came after the cache was closed' : 'was not recorded';
      processLog().warn(`[cache] An invalidation ${why}; other processes do not know of it.`);
    }
  }

  return {
    record(tagOrTags, durations) {
      const tags = typeof tagOrTags === 'string' ? [tagOrTags] : [...tagOrTags];
      const options = optionsFor(durations);
      const signature = JSON.stringify([tags, options]);
      const under = waiting.get(signature) ?? send(tags, options, signature);
      waiting.set(signature, under);
      return under;
    },
  };
}

function optionsFor(durations: Durations | undefined): InvalidateOptions {
  if (durations === undefined) return { mode: 'expire' };
  const { expire = NEVER_S } = durations;
  if (!(expire > 0)) return { mode: 'expire' };
  return { mode: 'stale', expireAfterMs: Math.min(expire, NEVER_S) * 1000 };
}
