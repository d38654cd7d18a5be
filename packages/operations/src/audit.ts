import { operationsKeys } from './keys.ts';
import { listOf, pairsOf, parseJson } from './replies.ts';
import type { OperationsRedis } from './servers.ts';

export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  /** `token`, `user:<id>` or `shell:<name>`: never an e-mail address. */
  readonly who: string;
  /** What was asked for, as it was given. */
  readonly asked: {
    readonly tags: readonly string[];
    readonly paths: readonly string[];
    readonly kinds: readonly string[];
  };
  /** The record's place in the log; null while it waits for Redis, and for sessions, which are ended without one. */
  readonly position: string | null;
}

export interface AuditTrail {
  /** Never rejects: what Redis does not take is in the log of this process all the same. */
  add(entry: AuditEntry): Promise<void>;
  /** The last ones first. With Redis away those of this process. */
  last(count: number): Promise<readonly AuditEntry[]>;
}

const MAX_ENTRIES = 1_000;
const MAX_OWN = 200;

/**
 * Who invalidated what: a capped stream that has no expiry, so that `volatile-lru` keeps it and clearing the cache does
 * not touch it. Each call is in the log of the process as well, which is what lasts.
 */
export function createAuditTrail(
  redis: OperationsRedis | null,
  log: { info(fields: object, message: string): void },
): AuditTrail {
  const keys = operationsKeys(redis?.keyPrefix ?? '');
  let own: AuditEntry[] = [];

  return {
    async add(entry) {
      own = [entry, ...own].slice(0, MAX_OWN);
      log.info({ audit: entry }, 'The cache was invalidated by an operator');
      if (redis === null) return;
      const args = [keys.audit, 'MAXLEN', '~', MAX_ENTRIES, '*', 'entry', JSON.stringify(entry)];
      await redis.pool.data.command('XADD', args, { ignoreBreaker: true }).catch(() => {});
    },
    async last(count) {
      if (redis === null) return own.slice(0, count);
      try {
        const reply = await redis.pool.data.command('XREVRANGE', [keys.audit, '+', '-', 'COUNT', count]);
        return listOf(reply).flatMap((item) => parseEntry(pairsOf(listOf(item)[1]).get('entry') ?? ''));
      } catch {
        return own.slice(0, count);
      }
    },
  };
}

function parseEntry(text: string): AuditEntry[] {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null && 'who' in value && 'asked' in value
    ? [value as AuditEntry]
    : [];
}
