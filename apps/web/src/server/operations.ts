import 'server-only';
import { getEngine, getEngineRedis } from '@tbi/next-cache-handler';
import { createOperations, createServers, type Operations, type SessionKeys } from '@tbi/operations';
import { sharedRedis } from '@tbi/redis';
import { environment } from './env.ts';
import { logger } from './log.ts';
import { processSlot } from './process-slot.ts';

/** What operators of this process see and do. Made when the server starts. */
export function operations(): Operations {
  return processSlot('operations', () => {
    const { operations: settings, redis } = environment();
    const log = logger();
    return createOperations({
      cache: getEngine(),
      redis: getEngineRedis(),
      sessions: redis.sessions === null ? null : sessionKeys(redis.sessions),
      thresholds: settings.alerts,
      log: { info: (message) => log.info(message), warn: (message) => log.warn(message) },
      auditLog: log,
    });
  });
}

function sessionKeys(
  settings: Parameters<typeof sharedRedis>[0] & { readonly keyPrefix: string },
): SessionKeys {
  const log = logger();
  const lines = {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
  };
  const pool = sharedRedis(settings, { name: 'sessions', log: lines });
  return {
    servers: createServers({ pool, settings, keyPrefix: settings.keyPrefix }, lines),
    keyPrefix: `${settings.keyPrefix}{auth}:s:`,
  };
}
