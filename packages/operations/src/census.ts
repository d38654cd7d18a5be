import { setTimeout as sleep } from 'node:timers/promises';
import { displayName } from './display-name.ts';
import type { Entries, ListedEntry } from './entries.ts';
import { operationsKeys } from './keys.ts';
import { KINDS } from './kinds.ts';
import { parseJson, textOf } from './replies.ts';
import type { OperationsRedis, Servers } from './servers.ts';
import { walkKeys } from './walk.ts';

export interface Census {
  /** ISO 8601: when counting ended. What came and went while it took its time may be counted or not. */
  readonly at: string;
  readonly tookMs: number;
  readonly kinds: Readonly<Record<string, { readonly entries: number; readonly bytes: number }>>;
  readonly largest: readonly (ListedEntry & { readonly name: string })[];
  /** Null: they are not in Redis, or could not be counted. */
  readonly sessions: number | null;
}

/** Sessions are keys of another package, perhaps in another Redis. */
export interface SessionKeys {
  readonly servers: Servers;
  /** Begins the key of every session, and no other key. */
  readonly keyPrefix: string;
}

export interface Censuses {
  /**
   * The last count, and a new one in the background when that is older than a minute. Waits a moment, no longer than
   * one deadline, for a cache that is small. Null: nothing has been counted yet.
   */
  read(): Promise<Census | null>;
  /** Counts now. */
  take(): Promise<Census>;
}

const STALE_MS = 60_000;
/** A count may take a tenth of the time at most. */
const REST_FACTOR = 10;
const WAIT_MS = 100;
const LEASE_MS = 30_000;
const LARGEST = 10;

export function createCensuses(parts: {
  readonly entries: Entries;
  readonly redis: OperationsRedis | null;
  readonly sessions: SessionKeys | null;
}): Censuses {
  const { entries, redis, sessions } = parts;
  const keys = operationsKeys(redis?.keyPrefix ?? '');
  let last: Census | null = null;
  let running: Promise<Census> | null = null;

  async function count(): Promise<Census> {
    const startedMs = performance.now();
    const kinds: Record<string, { entries: number; bytes: number }> = Object.fromEntries(
      Object.keys(KINDS).map((kind) => [kind, { entries: 0, bytes: 0 }]),
    );
    let largest: ListedEntry[] = [];
    for await (const step of entries.list()) {
      for (const { id, kind, bytes } of step) {
        const known = kinds[kind] ?? { entries: 0, bytes: 0 };
        kinds[kind] = { entries: known.entries + 1, bytes: known.bytes + bytes };
        if (bytes > (largest[LARGEST - 1]?.bytes ?? 0)) largest.push({ id, kind, bytes });
      }
      largest = largest.sort((a, b) => b.bytes - a.bytes).slice(0, LARGEST);
    }
    const counted = await countSessions().catch(() => null);
    const tookMs = performance.now() - startedMs;
    const named = largest.map((entry) => ({
      ...entry,
      name: displayName(entry.kind, entry.id.slice(entry.kind.length + 1)),
    }));
    return { at: new Date().toISOString(), tookMs, kinds, largest: named, sessions: counted };
  }

  async function countSessions(): Promise<number | null> {
    if (sessions === null) return null;
    let found = 0;
    for await (const { keys: step } of walkKeys(sessions.servers, { keyPrefix: sessions.keyPrefix })) {
      found += step.length;
    }
    return found;
  }

  function take(): Promise<Census> {
    running ??= count()
      .then(async (census) => {
        last = census;
        const lifeMs = Math.ceil(census.tookMs * REST_FACTOR) + 10 * STALE_MS;
        await redis?.pool.data
          .command('SET', [keys.census, JSON.stringify(census), 'PX', lifeMs])
          .catch(() => {});
        return census;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  /** One process counts for all. */
  async function takeTurn(): Promise<void> {
    if (running !== null) return;
    if (redis !== null) {
      const lease = await redis.pool.data.command('SET', [keys.censusLease, '1', 'NX', 'PX', LEASE_MS]);
      if (lease === null) return;
    }
    await take();
  }

  async function readShared(): Promise<Census | null> {
    if (redis === null) return last;
    const value = parseJson(textOf(await redis.pool.data.command('GET', [keys.census])));
    return typeof value === 'object' && value !== null && 'kinds' in value ? (value as Census) : null;
  }

  const isOld = (census: Census | null) =>
    census === null ||
    Date.now() - Date.parse(census.at) >
      Math.max(redis === null ? 2_000 : STALE_MS, census.tookMs * REST_FACTOR);

  return {
    take,
    async read() {
      const shared = await readShared().catch(() => last);
      if (!isOld(shared)) return shared;
      const turn = takeTurn().catch(() => {});
      await Promise.race([turn, sleep(WAIT_MS)]);
      return isOld(last) ? (shared ?? last) : last;
    },
  };
}
