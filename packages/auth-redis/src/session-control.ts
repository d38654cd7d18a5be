import type { RedisConnection } from '@tbi/redis';
import { createScripts } from './connect.ts';
import { type AuthRedisOptions, resolveOptions } from './options.ts';
import { createSessions } from './sessions.ts';
import { markSignIn } from './with-redis-sessions.ts';

export interface SessionInfo {
  /** Names the session; signs nobody in. */
  readonly id: string;
  readonly createdAt: Date;
  /** As exact as `seenEveryMs`. */
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** `Firefox on Linux`; null when unknown. */
  readonly browser: string | null;
  /** `203.0.113.0/24`; null when unknown. */
  readonly addressPrefix: string | null;
  /** It is the one whose token the list was asked with. */
  readonly current: boolean;
}

/** Everything rejects with the connection's errors (`ERR_REDIS_…`) while Redis is away. */
export interface SessionControl {
  /** The user's sessions, the last seen first. */
  list(userId: string, currentToken?: string): Promise<SessionInfo[]>;
  /** Ends one, if it is the user's. @returns Whether it was. */
  revoke(userId: string, sessionId: string): Promise<boolean>;
  /** Ends all but the one with this token, and refuses sign-ins that are under way. @returns How many ended. */
  revokeOthers(userId: string, currentToken: string): Promise<number>;
  /** Ends all, and refuses sign-ins that are under way. @returns How many ended. */
  revokeAll(userId: string): Promise<number>;
  /** Ends the session with this token. @returns Whose it was; null: nobody's. */
  end(sessionToken: string): Promise<string | null>;
  /** Whose session this is, and whether to `refresh` it; null: nobody's. Says nothing about the user as such. */
  check(sessionToken: string): Promise<{ readonly userId: string; readonly refreshDue: boolean } | null>;
  /** Prolongs the session by `maxAgeMs`; for whoever can set the cookie. @returns Until when; null: it has ended. */
  refresh(sessionToken: string): Promise<Date | null>;
  /**
   * To be called within `inRequest` before a password is verified: the session that follows is refused when the
   * user's sessions are revoked meanwhile, or their stamp is not this one any more. next-auth's own sign-ins by link
   * and by provider do it by themselves.
   */
  markSignIn(userId: string, stamp?: string): Promise<void>;
}

/** @param options Those of the adapter. @throws `ERR_AUTH_OPTIONS` */
export function createSessionControl(redis: RedisConnection, options: AuthRedisOptions = {}): SessionControl {
  const resolved = resolveOptions(options);
  // Whether users are kept in Redis matters only to what creates and prolongs sessions; `refresh` leaves users alone.
  const sessions = createSessions(createScripts(redis), resolved, false);
  return {
    async list(userId, currentToken) {
      const currentId = currentToken === undefined ? '' : resolved.keys.sessionId(currentToken);
      return (await sessions.list(userId)).map((session) => ({
        id: session.id,
        createdAt: new Date(session.createdMs),
        lastSeenAt: new Date(session.seenMs),
        expiresAt: new Date(session.expiresMs),
        browser: session.browser,
        addressPrefix: session.addressPrefix,
        current: session.id === currentId,
      }));
    },
    revoke: (userId, sessionId) => sessions.endOne(userId, sessionId),
    revokeOthers: (userId, currentToken) => sessions.endAll(userId, currentToken),
    revokeAll: (userId) => sessions.endAll(userId),
    end: async (sessionToken) => (await sessions.end(sessionToken))?.userId ?? null,
    async check(sessionToken) {
      const session = await sessions.read(sessionToken);
      return session && { userId: session.userId, refreshDue: session.refreshDue };
    },
    async refresh(sessionToken) {
      const refreshed = await sessions.refresh(sessionToken, resolved.maxAgeMs);
      return refreshed && new Date(refreshed.expiresMs);
    },
    markSignIn: (userId, stamp = '') => markSignIn(sessions, userId, stamp),
  };
}
