import { authError } from './errors.ts';
import { currentRequest } from './request-scope.ts';
import type { Sessions, StoredSession } from './sessions.ts';
import type { AdapterUser, SessionMethods } from './types.ts';

export interface UserSource<User extends AdapterUser> {
  /** The user of a session; null: there is none any more, or none for whom it is valid. */
  ofSession(session: StoredSession): Promise<User | null>;
  /** What to store with a session that is not part of a marked sign-in. */
  stampOf(userId: string): Promise<string>;
}

/** The four methods of the adapter contract that are about sessions. */
export function sessionMethods<User extends AdapterUser>(
  sessions: Sessions,
  users: UserSource<User>,
): SessionMethods<User> {
  return {
    async createSession({ sessionToken, userId, expires }) {
      const request = currentRequest();
      const mark = request?.marks.get(userId);
      const expiresMs = await sessions.create({
        sessionToken,
        userId,
        ttlMs: expires.getTime() - Date.now(),
        stamp: mark?.stamp ?? (await users.stampOf(userId)),
        epoch: mark?.epoch,
        request,
      });
      return { sessionToken, userId, expires: new Date(expiresMs) };
    },

    async getSessionAndUser(sessionToken) {
      // Whichever it is: next-auth joins all cookies whose names begin alike, and this may be another than the presented.
      if (currentRequest()?.signingIn) return null;
      const session = await sessions.read(sessionToken);
      const user = session && (await users.ofSession(session));
      if (session === null || user === null) return null;
      return {
        session: { sessionToken, userId: session.userId, expires: new Date(session.expiresMs) },
        user,
      };
    },

    /** Refreshes where the answer can carry a cookie. Elsewhere the browser would not learn of it. */
    async updateSession({ sessionToken, userId, expires }) {
      const session = await sessions.read(sessionToken);
      if (session === null) return null;
      if (userId !== undefined && userId !== session.userId) {
        throw authError('ERR_AUTH_NO_USER', 'A session cannot be given to another user.');
      }
      const refreshed =
        expires && currentRequest()?.canSetCookies
          ? await sessions.refresh(sessionToken, expires.getTime() - Date.now())
          : session;
      return refreshed && { sessionToken, userId: session.userId, expires: new Date(refreshed.expiresMs) };
    },

    async deleteSession(sessionToken) {
      const ended = await sessions.end(sessionToken);
      return ended && { sessionToken, userId: ended.userId, expires: new Date(ended.expiresMs) };
    },
  };
}
