import { type Cache, type CacheOptions, createCache, type RedisConnection, redisBackend } from '@tbi/cache';
import { createRedis } from '@tbi/redis';
import { poll } from '@tbi/testing';

const SILENT = { info() {}, warn() {}, error() {} };

/**
 * A cache on the Redis at this port of the loopback address, in sync.
 * @param watch Wraps the connection for everything but following the log.
 */
export async function openCache(
  port: number,
  options: Partial<CacheOptions> = {},
  watch: (data: RedisConnection) => RedisConnection = (data) => data,
): Promise<{ cache: Cache; close(): Promise<void> }> {
  const pool = createRedis(
    { mode: 'standalone', host: '127.0.0.1', port, db: 0, commandTimeoutMs: 5_000 },
    { name: 'bench', log: SILENT },
  );
  const connections = { data: watch(pool.data), log: pool.log };
  const backend = redisBackend({ connections, keyPrefix: 'bench:', maxTagStates: 200_000 });
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
