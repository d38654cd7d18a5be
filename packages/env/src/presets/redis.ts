import { definePreset } from '../preset.ts';
import { redisContradictions } from './redis-contradictions.ts';
import {
  type CacheRedisSettings,
  cacheSettings,
  type SessionRedisSettings,
  sessionSettings,
} from './redis-settings.ts';
import { redisVariables } from './redis-variables.ts';

export interface RedisEnv {
  /** The cache's Redis. Null: none is configured, the cache stays in memory. */
  readonly redis: CacheRedisSettings | null;
  /** The sessions' Redis, which must not evict keys: the cache's own unless REDIS_SESSIONS_URL names another. */
  readonly sessions: SessionRedisSettings | null;
}

/** Redis as a single server, behind Sentinel or as a Cluster, for the cache and for sessions; or none. */
export const redisEnv = definePreset({
  variables: redisVariables,
  check: redisContradictions,
  build(values): RedisEnv {
    const redis = cacheSettings(values);
    return { redis, sessions: sessionSettings(values, redis) };
  },
});
