import { type Cache, createCache, memoryBackend, redisBackend } from '@tbi/cache';
import { createRedis, type RedisPool } from '@tbi/redis';
import { poll, type RedisServer, settingsOf } from '@tbi/testing';
import { createOperations, type Operations } from '../../src/operations.ts';

export interface Opened {
  readonly cache: Cache;
  readonly pool: RedisPool;
  readonly operations: Operations;
  readonly audited: object[];
  close(): Promise<void>;
}

const SILENT = { info() {}, warn() {} };

/** An engine with the operators' tools around it, as a process of the site has them. */
export async function openProcess(server: RedisServer, options: { serving?: boolean } = {}): Promise<Opened> {
  const settings = settingsOf(server);
  const pool = createRedis(settings, { name: 'test', log: SILENT });
  const keyPrefix = 'test:';
  const cache = createCache({ backend: redisBackend({ connections: pool, keyPrefix }) });
  const audited: object[] = [];
  const operations = createOperations({
    cache,
    redis: { pool, settings, keyPrefix },
    log: SILENT,
    auditLog: { info: (fields) => audited.push(fields) },
    ...options,
  });
  await pool.connect();
  await poll(() => cache.sync(), { what: 'a cache that follows the log' });
  return {
    cache,
    pool,
    operations,
    audited,
    async close() {
      await operations.close();
      await cache.close();
      await pool.close();
    },
  };
}

export function openInMemory() {
  const cache = createCache({ backend: memoryBackend() });
  const operations = createOperations({ cache, redis: null, log: SILENT, auditLog: SILENT });
  return {
    cache,
    operations,
    async close() {
      await operations.close();
      await cache.close();
    },
  };
}

export function store(cache: Cache, kind: string, key: string, tags: readonly string[] = [], bytes = 10) {
  return cache.set(kind, key, Buffer.alloc(bytes, 'x'), { stamp: cache.stamp(), tags, freshForMs: 60_000 });
}
