import { randomBytes } from 'node:crypto';
import type { RedisReply } from '@tbi/redis';
import type { Scripts } from './connect.ts';
import { addressPrefix, describeBrowser } from './describe-client.ts';
import { authError } from './errors.ts';
import type { Resolved } from './options.ts';
import { hashOf, listOf, numberOf, textOf } from './replies.ts';
import type { RequestFacts } from './request-scope.ts';
import {
  CREATE_SESSION,
  END_SESSION,
  END_SESSIONS_OF_USER,
  LIST_SESSIONS,
  READ_SESSION,
  REFRESH_SESSION,
} from './scripts/session-scripts.ts';

/** What a session's sealed data say. */
interface SessionData {
  readonly userId: string;
  /** What the user was like when they signed in (`stampOf`). */
  readonly stamp: string;
  readonly browser: string | null;
  readonly addressPrefix: string | null;
}

export interface StoredSession extends SessionData {
  readonly createdMs: number;
  readonly seenMs: number;
  readonly expiresMs: number;
  /** Its last refresh is longer ago than `updateAgeMs`. */
  readonly refreshDue: boolean;
  /** The user's own hash, where users are kept in Redis. */
  readonly userFields: ReadonlyMap<string, string>;
}

export interface ListedSession extends SessionData {
  readonly id: string;
  readonly createdMs: number;
  readonly seenMs: number;
  readonly expiresMs: number;
}

export interface NewSession {
  readonly sessionToken: string;
  readonly userId: string;
  readonly ttlMs: number;
  readonly stamp: string;
  /** Undefined: whichever is the user's now. */
  readonly epoch: string | undefined;
  readonly request: RequestFacts | undefined;
}

export type Sessions = ReturnType<typeof createSessions>;

/** @param usersHere Users are kept in Redis too: a session needs one, and keeps them. */
export function createSessions(scripts: Scripts, options: Resolved, usersHere: boolean) {
  const { keys, seal, keepMs } = options;
  const userKeepMs = usersHere ? options.userIdleMs : 0;
  const placeOf = (id: string) => `s:${id}`;

  function openData(sealed: RedisReply | undefined, id: string): SessionData {
    return JSON.parse(seal.open(textOf(sealed), placeOf(id))) as SessionData;
  }

  return {
    /**
     * @returns When it expires, in ms.
     * @throws `ERR_AUTH_REVOKED`, `ERR_AUTH_NO_USER`, `ERR_AUTH_TOKEN_REUSED`
     */
    async create({ sessionToken, userId, ttlMs, stamp, epoch = '', request }: NewSession): Promise<number> {
      const id = keys.sessionId(sessionToken);
      const data: SessionData = {
        userId,
        stamp,
        browser: describeBrowser(request?.userAgent),
        addressPrefix: addressPrefix(request?.address),
      };
      const presented = request?.sessionToken ? keys.sessionId(request.sessionToken) : '';
      const reply = await scripts.run(
        CREATE_SESSION,
        [keys.key('s', id)],
        [
          keys.base,
          id,
          keys.userId(userId),
          epoch,
          Math.max(1, Math.round(ttlMs)),
          options.absoluteMs,
          seal.close(JSON.stringify(data), placeOf(id)),
          options.maxSessionsPerUser,
          keepMs,
          presented,
          userKeepMs,
        ],
      );
      const [outcome, expires] = listOf(reply);
      if (textOf(outcome) === 'created') return numberOf(expires);
      throw (
        refusals[textOf(outcome)]?.() ??
        new TypeError('Redis answered a script of auth-redis in an unknown form.')
      );
    },

    /** Null: there is none, or none any more, or its seal does not open. */
    async read(sessionToken: string): Promise<StoredSession | null> {
      const id = keys.sessionId(sessionToken);
      const args = [keys.base, id, options.seenEveryMs, usersHere ? '1' : '0'];
      const reply = listOf(await scripts.run(READ_SESSION, [keys.key('s', id)], args));
      const [owner, created, seen, refreshed, expires, absolute, sealed, now, fields] = reply;
      if (reply.length === 0) return null;
      let data: SessionData;
      try {
        data = openData(sealed, id);
      } catch {
        return null;
      }
      // The script followed the owner in plain text; only the sealed one is certain.
      if (keys.userId(data.userId) !== textOf(owner)) return null;
      const expiresMs = numberOf(expires);
      return {
        ...data,
        createdMs: numberOf(created),
        seenMs: numberOf(seen),
        expiresMs,
        refreshDue:
          expiresMs < numberOf(absolute) && numberOf(now) - numberOf(refreshed) >= options.updateAgeMs,
        userFields: hashOf(fields),
      };
    },

    /** Prolongs a session, unless that was done lately. Null: there is none any more. */
    async refresh(
      sessionToken: string,
      ttlMs: number,
    ): Promise<{ readonly expiresMs: number; readonly refreshed: boolean } | null> {
      const id = keys.sessionId(sessionToken);
      const args = [keys.base, id, Math.max(1, Math.round(ttlMs)), options.updateAgeMs, keepMs, userKeepMs];
      const reply = listOf(await scripts.run(REFRESH_SESSION, [keys.key('s', id)], args));
      return reply.length === 0
        ? null
        : { expiresMs: numberOf(reply[0]), refreshed: numberOf(reply[1]) === 1 };
    },

    /** Null: there was none. */
    async end(sessionToken: string): Promise<{ readonly userId: string; readonly expiresMs: number } | null> {
      const id = keys.sessionId(sessionToken);
      const reply = listOf(await scripts.run(END_SESSION, [keys.key('s', id)], [keys.base, id, '']));
      if (reply.length === 0) return null;
      try {
        return { userId: openData(reply[1], id).userId, expiresMs: numberOf(reply[0]) };
      } catch {
        return null;
      }
    },

    /** @param id Of the list. @returns Whether the user had it. */
    async endOne(userId: string, id: string): Promise<boolean> {
      const args = [keys.base, id, keys.userId(userId)];
      return listOf(await scripts.run(END_SESSION, [keys.key('s', id)], args)).length > 0;
    },

    /** @param keptToken Undefined: all end. @returns How many ended. */
    async endAll(userId: string, keptToken?: string): Promise<number> {
      const user = keys.userId(userId);
      const kept = keptToken === undefined ? '' : keys.sessionId(keptToken);
      const args = [keys.base, user, newEpoch(), kept, keepMs];
      return numberOf(await scripts.run(END_SESSIONS_OF_USER, [keys.key('i', user)], args));
    },

    /** The last seen first. What cannot be read is left out. */
    async list(userId: string): Promise<ListedSession[]> {
      const user = keys.userId(userId);
      const reply = listOf(await scripts.run(LIST_SESSIONS, [keys.key('i', user)], [keys.base, user]));
      const sessions = reply.flatMap((item) => {
        const [idReply, created, seen, expires, sealed] = listOf(item);
        const id = textOf(idReply);
        const times = {
          createdMs: numberOf(created),
          seenMs: numberOf(seen),
          expiresMs: numberOf(expires),
        };
        try {
          return [{ id, ...times, ...openData(sealed, id) }];
        } catch {
          return [];
        }
      });
      return sessions.sort((a, b) => b.seenMs - a.seenMs);
    },

    /** Changes whenever all sessions of the user end. */
    async epochOf(userId: string): Promise<string> {
      const reply = await scripts.command('GET', [keys.key('e', keys.userId(userId))]);
      return reply === null ? '-' : textOf(reply);
    },
  };
}

/** Never one that was before, also when the last one was forgotten. */
export const newEpoch = () => randomBytes(12).toString('base64url');

const refusals: Readonly<Record<string, () => Error>> = {
  revoked: () =>
    authError('ERR_AUTH_REVOKED', "The user's sessions were revoked during this sign-in: sign in again."),
  'no-user': () => authError('ERR_AUTH_NO_USER', 'A session needs a user, and there is none with this id.'),
  reused: () => authError('ERR_AUTH_TOKEN_REUSED', 'There is a session with this token already.'),
};
