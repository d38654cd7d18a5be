import { type Cache, inRootContext, type WriteLease } from '@tbi/cache';
import { isRefused } from './refused.ts';
import type { SayOnce } from './say-once.ts';

/** A write that every process was told of before it became visible: until its end nobody keeps what it changes. */
export interface Announcement {
  /** Not waited for: until Redis has recorded the end, the announcement stands, and this process holds the tags itself. */
  commit(): void;
  /** Nothing has changed. */
  abort(): void;
  /** It is not known what has happened: the lease's own end makes it known. */
  abandon(): void;
}

export interface Announcements {
  /** Resolves when the write may become visible. Never rejects. */
  begin(tags: readonly string[]): Promise<Announcement>;
  /**
   * Runs what makes a write visible (COMMIT, or a statement outside of transactions) after its announcement, so that
   * nobody keeps the rows from before it, even if this process dies in between. Fails only as `run` does.
   */
  around<T>(
    announced: Promise<Announcement>,
    run: () => Promise<T>,
    unchangedBy?: (result: T) => boolean,
  ): Promise<T>;
}

export interface AnnouncementsOptions {
  readonly cache: Cache;
  /** How long replicas may have the old rows: the lease stays that much longer. */
  readonly holdOffMs: number;
  readonly say: SayOnce;
}

const UNHEARD: Announcement = { commit() {}, abort() {}, abandon() {} };

export function createAnnouncements({ cache, holdOffMs, say }: AnnouncementsOptions): Announcements {
  async function begin(tags: readonly string[]): Promise<Announcement> {
    try {
      return announcementOf(await cache.beginWrite(tags));
    } catch {
      say('closed', 'A write came after the cache was closed; other processes do not hear of it.');
      return UNHEARD;
    }
  }

  function announcementOf(lease: WriteLease): Announcement {
    const abandon = () => lease.abandon();
    const commit = () => void lease.commit().catch(abandon);
    return {
      commit: holdOffMs === 0 ? commit : () => inRootContext(() => setTimeout(commit, holdOffMs)).unref(),
      abort: () => void lease.abort().catch(abandon),
      abandon,
    };
  }

  return {
    begin,
    async around(announced, run, unchangedBy) {
      const announcement = await announced;
      try {
        const result = await run();
        if (unchangedBy?.(result)) announcement.abort();
        else announcement.commit();
        return result;
      } catch (error) {
        // Refused by the database: nothing has changed. Anything else may have been executed.
        if (isRefused(error)) announcement.abort();
        else announcement.abandon();
        throw error;
      }
    },
  };
}
