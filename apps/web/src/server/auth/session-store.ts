import {
  type AuthRedisOptions,
  createSessionControl,
  evictionWarning,
  type SessionControl,
} from '@tbi/auth-redis';
import { closeOnSignals, type RedisConnection, type RedisPool, sharedRedis } from '@tbi/redis';
import { environment } from '../env.ts';
import { logError, logger } from '../log.ts';
import { processSlot } from '../process-slot.ts';

/** A session that is not used ends after this. */
export const sessionMaxAgeMs = 30 * 86_400_000;
/** A session is prolonged at most so often. */
export const sessionUpdateAgeMs = 86_400_000;

const log = {
  info: (message: string) => logger().info(`[sessions] ${message}`),
  warn: (message: string) => logger().warn(`[sessions] ${message}`),
};

/** The sessions' Redis; null: none is configured. Opens nothing before its first use. */
export function sessionsRedis(): RedisPool | null {
  const { redis, runtime } = environment();
  const settings = redis.sessions;
  if (settings === null || runtime.building) return null;
  return processSlot('sessions-redis', () => {
    const { keyPrefix: _, ...target } = settings;
    const pool = sharedRedis(target, { name: 'sessions', log });
    closeOnSignals(() => pool.close());
    return pool;
  });
}

export interface SessionStore {
  readonly redis: RedisConnection;
  readonly options: AuthRedisOptions;
  readonly control: SessionControl;
}

/** Where sessions are kept and can be ended; null: in the visitors' cookies (USE_REDIS_SESSIONS is not true). */
export function sessionStore(): SessionStore | null {
  const { auth, redis } = environment();
  const pool = auth.redisSessions ? sessionsRedis() : null;
  if (pool === null || redis.sessions === null) return null;
  const { keyPrefix } = redis.sessions;
  return processSlot('session-store', () => {
    const options: AuthRedisOptions = {
      keyPrefix,
      encryptionKeys: auth.sessionKeys,
      ...(auth.sessionPepper !== undefined && { pepper: auth.sessionPepper }),
      maxAgeMs: sessionMaxAgeMs,
      updateAgeMs: sessionUpdateAgeMs,
    };
    return { redis: pool.data, options, control: createSessionControl(pool.data, options) };
  });
}

/** What the health check and the start say of sessions. Asks nobody. */
export function sessionsHealth() {
  const store = sessionStore();
  if (store === null) return { kept: 'in cookies' } as const;
  const { status, reason } = sessionsRedis()?.health() ?? { status: 'down', reason: 'closed' };
  const warning = eviction().warning;
  return { kept: 'in Redis', status, reason, ...(warning !== null && { warning }) } as const;
}

const eviction = () =>
  processSlot<{ warning: string | null }>('sessions-eviction', () => ({ warning: null }));

/** At the start: connects, and warns of a Redis that may lose sessions. Again after every reconnection. */
export function watchSessions(): void {
  const store = sessionStore();
  if (store === null) return;
  const look = () => {
    evictionWarning(store.redis).then(
      (warning) => {
        if (warning !== null && eviction().warning !== warning) log.warn(warning);
        eviction().warning = warning;
      },
      // Away: the pool has said so. Or it may not be asked, and then it does not tell.
      () => undefined,
    );
  };
  store.redis.onReady(look);
  store.control.check('').catch((error: unknown) => logError('Sessions are away', error));
}

/** Whether an error says that Redis is away, and so nothing of the visitor. */
export function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_REDIS_');
}
