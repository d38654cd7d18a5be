import type { Cache, InvalidateOptions } from '@tbi/cache';
import type { Durations } from './next-types.ts';
import { processLog } from './process-log.ts';

export interface Invalidations {
  /**
   * Makes what carries one of the tags unusable on every process: now, or, with `expire` seconds above 0, stale now
   * and unusable then. Resolves when it is recorded, or holds here and waits for Redis; never rejects.
   */
  record(tags: string | readonly string[], durations?: Durations): Promise<void>;
}

/** Nothing is stored for longer than 30 days, so this is "for ever". */
const NEVER_S = 365 * 24 * 3600;

/**
 * Next tells each of its handlers of every invalidation, all in the same turn of the event loop: equal ones are
 * recorded once. It is recorded after that turn, never by joining a record that is already on its way, which may
 * stand before what the later caller has written.
 */
export function createInvalidations(engine: Cache): Invalidations {
  const waiting = new Map<string, Promise<void>>();

  async function send(tags: readonly string[], options: InvalidateOptions, signature: string) {
    await Promise.resolve();
    waiting.delete(signature);
    try {
      await engine.invalidate(tags, options);
    } catch {
      // Closed: this process is ending, and no other heard of it before either.
      processLog().warn(
        '[cache] An invalidation came after the cache was closed; other processes do not know of it.',
      );
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
