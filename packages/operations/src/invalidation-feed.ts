import { type Cache, describeRecord, formatPosition, positionMs, redisKeys } from '@tbi/cache';
import type { AuditTrail } from './audit.ts';
import { listOf } from './replies.ts';
import type { OperationsRedis } from './servers.ts';

export interface FeedItem {
  /** Null while it waits for Redis. */
  readonly position: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly mode: string;
  readonly tags: readonly string[];
  /** From the audit trail; null for what the site itself invalidated. */
  readonly who: string | null;
}

export interface InvalidationFeed {
  /** The last ones first, of all processes; with Redis away, those that this process knows of. */
  last(count: number): Promise<readonly FeedItem[]>;
  close(): void;
}

const MAX_REMEMBERED = 200;
/** The announcement of a write, and its end without one, change nothing that is cached. */
const SILENT_MODES = new Set(['begin', 'abort']);

export function createInvalidationFeed(
  cache: Cache,
  redis: OperationsRedis | null,
  audit: AuditTrail,
): InvalidationFeed {
  let remembered: Omit<FeedItem, 'who'>[] = [];

  function remember(item: Omit<FeedItem, 'who'>) {
    const known = item.position !== null && remembered.some(({ position }) => position === item.position);
    if (!known && item.tags.length > 0) remembered = [item, ...remembered].slice(0, MAX_REMEMBERED);
  }

  const close = cache.events.subscribe((event) => {
    if (event.type === 'invalidate') {
      const { mode, tags, position } = event;
      const at = new Date().toISOString();
      remember({ position: position === null ? null : formatPosition(position), at, mode, tags });
    } else if (event.type === 'applied') {
      const { tags, position } = event;
      const at = new Date(positionMs(position)).toISOString();
      remember({ position: formatPosition(position), at, mode: 'expire', tags });
    }
  });

  async function read(count: number): Promise<readonly Omit<FeedItem, 'who'>[]> {
    if (redis === null) return remembered.slice(0, count);
    try {
      // Writes are two records each.
      const args = [redisKeys(redis.keyPrefix).log, '+', '-', 'COUNT', count * 2];
      const records = listOf(await redis.pool.data.command('XREVRANGE', args));
      const waiting = remembered.filter(({ position }) => position === null);
      const recorded = records
        .map(describeRecord)
        .filter((record) => record !== null)
        .filter(({ mode }) => !SILENT_MODES.has(mode))
        .map(({ position, mode, tags }) => ({
          position: formatPosition(position),
          at: new Date(positionMs(position)).toISOString(),
          mode,
          tags,
        }));
      const { pendingInvalidations } = cache.stats();
      return [...(pendingInvalidations > 0 ? waiting : []), ...recorded].slice(0, count);
    } catch {
      return remembered.slice(0, count);
    }
  }

  return {
    async last(count) {
      const [items, audited] = await Promise.all([read(count), audit.last(count)]);
      const byPosition = new Map(audited.map(({ position, who }) => [position, who]));
      return items.map((item) => ({
        ...item,
        tags: item.tags.slice(0, 50),
        who: item.position === null ? null : (byPosition.get(item.position) ?? null),
      }));
    },
    close,
  };
}
