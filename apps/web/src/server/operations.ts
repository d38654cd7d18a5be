import 'server-only';
import { sessionKeyPrefix } from '@tbi/auth-redis';
import { getEngine, getEngineRedis } from '@tbi/next-cache-handler';
import { createOperations, createServers, type Operations, type SessionKeys } from '@tbi/operations';
import { sessionsRedis } from './auth/session-store.ts';
import { environment } from './env.ts';
import { logger } from './log.ts';
import { processSlot } from './process-slot.ts';

/** What operators of this process see and do. Made when the server starts. */
export function operations(): Operations {
  return processSlot('operations', () => {
    const { operations: settings } = environment();
    const log = logger();
    return createOperations({
      cache: getEngine(),
      redis: getEngineRedis(),
      sessions: sessionKeys(),
      thresholds: settings.alerts,
      log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
      auditLog: log,
    });
  });
}

/** Null: sessions live in cookies. */
function sessionKeys(): SessionKeys | null {
  const { redis, auth } = environment();
  const pool = sessionsRedis();
  if (pool === null || redis.sessions === null || !auth.redisSessions) return null;
  const { keyPrefix } = redis.sessions;
  const log = logger();
  const lines = { info: (text: string) => log.info(text), warn: (text: string) => log.warn(text) };
  return {
    servers: createServers({ pool, settings: redis.sessions, keyPrefix }, lines),
    keyPrefix: sessionKeyPrefix(keyPrefix),
  };
}
