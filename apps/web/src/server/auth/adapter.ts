import 'server-only';
import { withRedisSessions } from '@tbi/auth-redis';
import { processSlot } from '../process-slot.ts';
import { sessionStore } from './session-store.ts';
import { stampOf, userStore } from './user-store.ts';

/** Users in the database, sessions and links in Redis; null where sessions are kept in cookies. */
export function redisAdapter() {
  const store = sessionStore();
  if (store === null) return null;
  return processSlot('redis-adapter', () =>
    withRedisSessions(userStore, store.redis, { ...store.options, stampOf }),
  );
}

/**
 * For sessions in cookies. next-auth asks for the user of the session that the browser has only to link a new account
 * to it; whoever put that session there would then own both, so a sign-in begins with nobody.
 */
export const cookieAdapter = { ...userStore, getUser: async () => null };
