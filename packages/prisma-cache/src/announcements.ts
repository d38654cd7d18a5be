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
  around<T>(announced: Promise<Announcement>, run: () => Promise<T>, outcome?: Outcome): Promise<T>;
}

/** How that which makes a write visible may turn out. */
export interface Outcome {
  /** Whether this result means that nothing has changed. */
  unchangedBy(result: unknown): boolean;
  /** Whether nothing of it has been done when the database refuses it. */
  readonly isAtomic: boolean;
}

const COMMIT: Outcome = { unchangedBy: () => false, isAtomic: true };

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
    async around(announced, run, { unchangedBy, isAtomic } = COMMIT) {
      const announcement = await announced;
      try {
        const result = await run();
        if (unchangedBy(result)) announcement.abort();
        else announcement.commit();
        return result;
      } catch (error) {
        // Without an answer of the database it may still be executed.
        if (!isRefused(error)) announcement.abandon();
        else if (isAtomic) announcement.abort();
        else announcement.commit();
        throw error;
      }
    },
  };
}
