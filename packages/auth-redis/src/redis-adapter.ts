import type { RedisConnection } from '@tbi/redis';
import { createScripts } from './connect.ts';
import { type AuthRedisOptions, resolveOptions } from './options.ts';
import { ownedByUsers } from './owned.ts';
import { sessionMethods } from './session-methods.ts';
import { createSessions } from './sessions.ts';
import type { RedisAuthAdapter } from './types.ts';
import { createUsers } from './users.ts';
import { verificationTokens } from './verification-tokens.ts';

/**
 * The whole adapter contract of next-auth 4 and Auth.js 5 on Redis. Every method rejects with the connection's errors
 * (`ERR_REDIS_…`) while Redis is away, so that nobody is signed out by it.
 *
 * @param redis A connection to a Redis that does not evict keys. Opened at the first use.
 * @throws `ERR_AUTH_OPTIONS`
 */
export function RedisAdapter(redis: RedisConnection, options: AuthRedisOptions = {}): RedisAuthAdapter {
  const resolved = resolveOptions(options);
  const scripts = createScripts(redis);
  const { open, ...users } = createUsers(scripts, resolved);
  const { accounts, authenticators } = ownedByUsers(scripts, resolved);
  const sessions = createSessions(scripts, resolved, true);
  return {
    ...users,
    ...accounts,
    ...authenticators,
    ...verificationTokens(scripts, resolved),
    ...sessionMethods(sessions, {
      ofSession: async (session) => open(session.userFields, resolved.keys.userId(session.userId)),
      stampOf: async () => '',
    }),
  };
}
