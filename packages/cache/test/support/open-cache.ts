import { createRedis } from '@tbi/redis';
import { type Backend, type Cache, createCache, redisBackend } from '../../src/index.ts';
import type { WorkerOptions } from '../fixtures/worker-options.ts';

export interface OpenedCache {
  readonly cache: Cache;
  close(): Promise<void>;
}

const SILENT = { info() {}, warn() {} };

/** A cache with connections of its own, as every process has. */
export function openCache(
  { settings, logSettings = settings, ...options }: WorkerOptions,
  wrap: (backend: Backend) => Backend = (backend) => backend,
): OpenedCache {
  const dataPool = createRedis(settings, { name: 'test', log: SILENT });
  const logPool = createRedis(logSettings, { name: 'test', log: SILENT });
  const connections = { data: dataPool.data, log: logPool.log };
  const cache = createCache({
    ...options.cache,
    backend: wrap(redisBackend({ ...options.backend, connections })),
  });
  return {
    cache,
    async close() {
      await cache.close();
      await Promise.all([dataPool.close(), logPool.close()]);
    },
  };
}
