import { sessionKeyPrefix } from '@tbi/auth-redis';
import { type Cache, createCache, redisBackend } from '@tbi/cache';
import { defaultKeyPrefix, operationsEnv, readEnv, redisEnv, type SessionRedisSettings } from '@tbi/env';
import { createRedis, type RedisPool } from '@tbi/redis';
import { createLogger } from '../logger.ts';
import { createOperations, type Operations } from '../operations.ts';
import { createServers, type OperationsRedis } from '../servers.ts';
import { shellUser } from './shell-user.ts';

export interface Context {
  readonly cache: Cache;
  readonly pool: RedisPool;
  readonly redis: OperationsRedis;
  readonly sessions: SessionRedisSettings | null;
  readonly operations: Operations;
  readonly connected: boolean;
  readonly who: string;
  close(): Promise<void>;
}

const CONNECT_MS = 2_000;
/** Nobody waits for a page here: a busy server may take longer than the site would let it. */
const COMMAND_MS = 2_000;

/**
 * Connections of the tool's own, so that it works when the site does not.
 *
 * @throws when no Redis is configured: the memory of another process cannot be looked into.
 */
export async function openContext(): Promise<Context> {
  const { redis: env, site } = readEnv({ redis: redisEnv, site: operationsEnv });
  if (env.redis === null) {
    throw Object.assign(
      new Error(
        'No Redis is configured: the cache is in the memory of each process, where no other program sees it. ' +
          'Set REDIS_URL, or use the site: /en/admin/cache and /api/health/redis.',
      ),
      { code: 'ERR_NO_REDIS' },
    );
  }
  const settings = { ...env.redis, commandTimeoutMs: COMMAND_MS };
  const keyPrefix = env.redis.keyPrefix ?? defaultKeyPrefix();
  const log = { info() {}, warn() {} };
  const pool = createRedis(settings, { name: 'cli', log });
  const connected = await pool.connect({ timeoutMs: CONNECT_MS });
  const cache = createCache({ backend: redisBackend({ connections: pool, keyPrefix }), l1MaxBytes: 0 });
  const redis = { pool, settings, keyPrefix };
  const sessionPool = env.sessions === null ? null : createRedis(env.sessions, { name: 'cli-sessions', log });
  const sessions =
    sessionPool === null || env.sessions === null
      ? null
      : {
          servers: createServers({ pool: sessionPool, settings: env.sessions, keyPrefix: '' }, log),
          keyPrefix: sessionKeyPrefix(env.sessions.keyPrefix),
        };
  const operations = createOperations({
    cache,
    redis,
    sessions,
    thresholds: site.alerts,
    log,
    // To standard error: a shell has no log of its own, whoever runs it for good (cron, systemd, ssh) keeps that.
    auditLog: createLogger({ level: site.logLevel, destination: process.stderr }),
    serving: false,
  });
  if (connected) await cache.sync();
  return {
    cache,
    pool,
    redis,
    sessions: env.sessions,
    operations,
    connected,
    who: `shell:${shellUser()}`,
    async close() {
      await operations.close();
      await cache.close();
      await Promise.all([pool.close(), sessionPool?.close()]);
    },
  };
}
