import type { Cache, WriteLease } from '@tbi/cache';
import { isRefused } from './refused.ts';
import { inRootContext } from './root-context.ts';
import type { SayOnce } from './say-once.ts';

export interface Announcements {
  /**
   * Runs what makes a write visible (COMMIT, or a statement outside of transactions) between the two ends of a write
   * lease, so that nobody keeps the rows from before it, even if this process dies in between. Fails only as `run` does.
   */
  around<T>(
    tags: readonly string[],
    run: () => Promise<T>,
    options?: { readonly unchanged?: (result: T) => boolean },
  ): Promise<T>;
}

export interface AnnouncementsOptions {
  readonly cache: Cache;
  /** How long replicas may have the old rows: the lease stays that much longer. */
  readonly holdOffMs: number;
  readonly say: SayOnce;
}

export function createAnnouncements({ cache, holdOffMs, say }: AnnouncementsOptions): Announcements {
  async function begin(tags: readonly string[]): Promise<WriteLease | null> {
    try {
      return await cache.beginWrite(tags);
    } catch {
      say('closed', 'A write came after the cache was closed; other processes do not hear of it.');
      return null;
    }
  }

  /** What fails here has been written all the same: the lease's own end is what makes it known. */
  async function end(lease: WriteLease, how: 'commit' | 'abort') {
    try {
      if (how === 'abort') await lease.abort();
      else if (holdOffMs === 0) await lease.commit();
      else later(lease);
    } catch {
      lease.abandon();
    }
  }

  function later(lease: WriteLease) {
    const timer = inRootContext(() =>
      setTimeout(() => void lease.commit().catch(() => lease.abandon()), holdOffMs),
    );
    timer.unref();
  }

  return {
    async around(tags, run, { unchanged } = {}) {
      const lease = await begin(tags);
      try {
        const result = await run();
        if (lease !== null) await end(lease, unchanged?.(result) ? 'abort' : 'commit');
        return result;
      } catch (error) {
        // Refused by the database: nothing has changed. Anything else may have been executed.
        if (lease !== null && isRefused(error)) await end(lease, 'abort');
        else lease?.abandon();
        throw error;
      }
    },
  };
}
