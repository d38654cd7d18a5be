import { type Cache, type CacheOptions, createCache, redisBackend } from '@tbi/cache';
import { createRedis } from '@tbi/redis';
import { poll } from '@tbi/testing';

const SILENT = { info() {}, warn() {}, error() {} };

/** A cache on the Redis at this port of the loopback address, in sync. */
export async function openCache(
  port: number,
  options: Partial<CacheOptions> = {},
): Promise<{ cache: Cache; close(): Promise<void> }> {
  const pool = createRedis(
    { mode: 'standalone', host: '127.0.0.1', port, db: 0, commandTimeoutMs: 5_000 },
    { name: 'bench', log: SILENT },
  );
  const backend = redisBackend({ connections: pool, keyPrefix: 'bench:', maxTagStates: 200_000 });
  const cache = createCache({ l1MaxBytes: 256 * 1024 * 1024, ...options, backend });
  await poll(() => cache.sync(), { what: 'the cache to be in sync' });
  return {
    cache,
    async close() {
      await cache.close();
      await pool.close();
    },
  };
}
