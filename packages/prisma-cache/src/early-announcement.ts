import { inRootContext } from '@tbi/cache';
import type { Announcement, Announcements } from './announcements.ts';

/**
 * A transaction's announcement, made while the database executes its first write: COMMIT then need not wait for Redis.
 * What it names is not cached as long as it stands, so a transaction that takes its time withdraws it, and makes it
 * again at its COMMIT.
 */
export interface EarlyAnnouncement {
  /** With each write, when it has been sent to the database: announces the first. A large one is left to COMMIT. */
  note(tagsOfWrite: () => readonly string[]): void;
  /** For COMMIT: the announcement of these tags and no others. */
  take(tags: readonly string[]): Promise<Announcement>;
  withdraw(): void;
}

const STANDS_FOR_MS = 20;
/** A statement of many rows takes long, and others may make the table of them. */
const MAX_TAGS = 50;

export function createEarlyAnnouncement({ begin }: Announcements): EarlyAnnouncement {
  let firstSeen = false;
  let standing: { readonly tags: ReadonlySet<string>; readonly announced: Promise<Announcement> } | null =
    null;
  let timer: NodeJS.Timeout | undefined;

  function withdraw() {
    clearTimeout(timer);
    void standing?.announced.then((announcement) => announcement.abort());
    standing = null;
  }

  return {
    note(tagsOfWrite) {
      const tags = firstSeen ? [] : tagsOfWrite();
      if (tags.length === 0) return;
      firstSeen = true;
      if (tags.length > MAX_TAGS) return;
      standing = { tags: new Set(tags), announced: begin(tags) };
      timer = inRootContext(() => setTimeout(withdraw, STANDS_FOR_MS)).unref();
    },
    async take(tags) {
      const named = new Set(tags);
      // What was rolled back to a savepoint, or changed no row, must not expire.
      if (standing === null || [...standing.tags].some((tag) => !named.has(tag))) {
        withdraw();
        return begin(tags);
      }
      clearTimeout(timer);
      const { tags: early, announced } = standing;
      standing = null;
      const others = tags.filter((tag) => !early.has(tag));
      return others.length === 0 ? announced : both(await Promise.all([announced, begin(others)]));
    },
    withdraw,
  };
}

function both(announcements: readonly Announcement[]): Announcement {
  const each = (end: keyof Announcement) => () => {
    for (const announcement of announcements) announcement[end]();
  };
  return { commit: each('commit'), abort: each('abort'), abandon: each('abandon') };
}
