import { getEngineRedis } from '@tbi/next-cache-handler';

/** Whether Redis is there for the cache; in memory it is always ready. */
export function cacheStatus(): 'ready' | 'degraded' | 'down' {
  return getEngineRedis()?.pool.health().status ?? 'ready';
}
