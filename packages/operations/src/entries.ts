import { type Cache, decodeFrame, type Entry, kindOfId } from '@tbi/cache';
import { listOf } from './replies.ts';
import type { OperationsRedis, Servers } from './servers.ts';
import { walkKeys } from './walk.ts';

export interface ListedEntry {
  /** `kind:key`. */
  readonly id: string;
  readonly kind: string;
  /** As stored: tags and dates included. */
  readonly bytes: number;
}

export interface HeadedEntry extends ListedEntry {
  /** Everything but the payload, which may be cut off. Null: not written by this version. */
  readonly entry: Entry | null;
}

/** All entries of a cache, a few at a time, from Redis or, without one, from the memory of this process. */
export interface Entries {
  list(): AsyncGenerator<readonly ListedEntry[]>;
  /** With their tags and dates. */
  read(): AsyncGenerator<readonly HeadedEntry[]>;
  /** Frees the memory of entries. Whoever has copies must have been told before, by an invalidation. */
  remove(kinds: readonly string[]): Promise<number>;
}

/** Enough for the header and some hundred tags. */
const HEAD_BYTES = 8_192;
const LOCAL_STEP = 500;

export function createEntries(cache: Cache, redis: OperationsRedis | null, servers: Servers | null): Entries {
  if (redis === null || servers === null) return localEntries(cache);
  const { data } = redis.pool;
  const entryPrefix = `${redis.keyPrefix}e:`;
  const idOf = (key: string) => key.slice(entryPrefix.length);

  /** One command a key: they lie on different servers of a Cluster, and leave in one write to the socket. */
  const each = <T>(keys: readonly string[], ask: (key: string) => Promise<T>) => Promise.all(keys.map(ask));

  async function* steps(pauseMs?: number) {
    const options = { keyPrefix: entryPrefix, ...(pauseMs === undefined ? {} : { pauseMs }) };
    for await (const { keys } of walkKeys(servers as Servers, options)) yield keys;
  }

  return {
    async *list() {
      for await (const keys of steps()) {
        const lengths = await each(keys, (key) => data.command('STRLEN', [key]));
        yield keys
          .map((key, i) => ({ id: idOf(key), kind: kindOfId(idOf(key)), bytes: Number(lengths[i]) }))
          .filter(({ bytes }) => bytes > 0);
      }
    },
    async *read() {
      for await (const keys of steps(0)) {
        const found = await each(keys, async (key) => {
          const [head, length] = await Promise.all([
            data.command('GETRANGE', [key, 0, HEAD_BYTES - 1]),
            data.command('STRLEN', [key]),
          ]);
          const entry = Buffer.isBuffer(head) ? decodeFrame(head) : null;
          return { id: idOf(key), kind: kindOfId(idOf(key)), bytes: Number(length), entry };
        });
        yield found.filter(({ bytes }) => bytes > 0);
      }
    },
    async remove(kinds) {
      let removed = 0;
      for await (const keys of steps()) {
        const chosen = keys.filter((key) => kinds.includes(kindOfId(idOf(key))));
        const replies = await each(chosen, (key) => data.command('UNLINK', [key]));
        removed += listOf(replies).reduce<number>((sum, reply) => sum + Number(reply), 0);
      }
      return removed;
    },
  };
}

function localEntries(cache: Cache): Entries {
  function* steps(): Generator<readonly HeadedEntry[]> {
    let step: HeadedEntry[] = [];
    for (const [id, entry] of cache.inspector.local()) {
      step.push({ id, kind: kindOfId(id), bytes: entry.payload.length, entry });
      if (step.length < LOCAL_STEP) continue;
      yield step;
      step = [];
    }
    yield step;
  }
  async function* walk() {
    yield* steps();
  }
  // An invalidated entry of this process's memory makes room by itself.
  return { list: walk, read: walk, remove: async () => 0 };
}
