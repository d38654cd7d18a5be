import type { RedisConnection } from '@tbi/redis';
import { createScripts, type Scripts } from './connect.ts';
import { type AuthRedisOptions, type Resolved, resolveOptions } from './options.ts';
import { hashOf } from './replies.ts';
import { currentRequest } from './request-scope.ts';
import { DELETE_USER } from './scripts/user-scripts.ts';
import { sessionMethods } from './session-methods.ts';
import { createSessions, newEpoch, type Sessions } from './sessions.ts';
import type { AdapterUser, SessionMethods, VerificationTokenMethods } from './types.ts';
import { verificationTokens } from './verification-tokens.ts';

/** What users and accounts are kept in: any adapter. Its own sessions and verification tokens are not used. */
export interface BaseAdapter<User extends AdapterUser = AdapterUser> {
  getUser(id: string): PromiseLike<User | null> | User | null;
  getUserByEmail?(email: string): PromiseLike<User | null> | User | null;
  getUserByAccount?(account: {
    provider: string;
    providerAccountId: string;
  }): PromiseLike<User | null> | User | null;
  deleteUser?(id: string): unknown;
}

type UserOf<Base extends BaseAdapter> = NonNullable<Awaited<ReturnType<Base['getUser']>>>;

export interface RedisSessionsOptions<User extends AdapterUser = AdapterUser> extends AuthRedisOptions {
  /**
   * A property of the user, as text, that ends their sessions when it changes: a version that every change of password
   * or role increments in the same transaction. It ends them also when Redis is away at that moment, or the process
   * dies after its commit. Default: none.
   */
  readonly stampOf?: (user: User) => string;
}

export type WithRedisSessions<Base extends BaseAdapter> = Omit<
  Base,
  keyof SessionMethods | keyof VerificationTokenMethods
> &
  SessionMethods<UserOf<Base>> &
  VerificationTokenMethods;

/** No user's id. */
const NOBODY = '';

/**
 * An adapter with its sessions and verification tokens in Redis, and all else where it was. Every method about those
 * rejects with the connection's errors (`ERR_REDIS_…`) while Redis is away, so that nobody is signed out by it.
 *
 * @param redis A connection to a Redis that does not evict keys. Opened at the first use.
 * @throws `ERR_AUTH_OPTIONS`
 */
export function withRedisSessions<Base extends BaseAdapter>(
  base: Base,
  redis: RedisConnection,
  { stampOf = () => '', ...options }: RedisSessionsOptions<UserOf<Base>> = {},
): WithRedisSessions<Base> {
  const resolved = resolveOptions(options);
  const scripts = createScripts(redis);
  const sessions = createSessions(scripts, resolved, false);
  const getUser = async (id: string) => ((await base.getUser(id)) ?? null) as UserOf<Base> | null;

  const methods = sessionMethods<UserOf<Base>>(sessions, {
    async ofSession(session) {
      const user = await getUser(session.userId);
      return user !== null && stampOf(user) === session.stamp ? user : null;
    },
    async stampOf(userId) {
      const user = await getUser(userId);
      return user === null ? '' : stampOf(user);
    },
  });

  /** Asks Redis without a user too: how long an answer takes must not tell which addresses have accounts. */
  const found = async <User extends UserOf<Base>>(user: User | null): Promise<User | null> => {
    await markSignIn(sessions, user?.id ?? NOBODY, user ? stampOf(user) : '');
    return user;
  };
  const { getUserByEmail, getUserByAccount, deleteUser } = base;
  const adapter = {
    ...base,
    ...methods,
    ...verificationTokens(scripts, resolved),
    ...(getUserByEmail && {
      getUserByEmail: async (email: string) =>
        found(((await getUserByEmail.call(base, email)) ?? null) as UserOf<Base> | null),
    }),
    ...(getUserByAccount && {
      getUserByAccount: async (account: Parameters<typeof getUserByAccount>[0]) =>
        found(((await getUserByAccount.call(base, account)) ?? null) as UserOf<Base> | null),
    }),
    ...(deleteUser && {
      async deleteUser(id: string) {
        const user = await getUser(id);
        // Before: a failure leaves a user without sessions, not sessions without a user.
        await forget(scripts, resolved, id, user?.email);
        const deleted = await deleteUser.call(base, id);
        // And after, for a sign-in between the two.
        await forget(scripts, resolved, id, user?.email);
        return deleted;
      },
    }),
  };
  // The methods of the base but for those that are replaced by the same ones on Redis.
  return adapter as unknown as WithRedisSessions<Base>;
}

/** A session of this request may only begin as long as its user is what they were when they were looked up first. */
export async function markSignIn(sessions: Sessions, userId: string, stamp: string): Promise<void> {
  const marks = currentRequest()?.marks;
  if (marks === undefined || marks.has(userId)) return;
  marks.set(userId, { epoch: await sessions.epochOf(userId), stamp });
}

async function forget(scripts: Scripts, { keys, keepMs }: Resolved, id: string, email = ''): Promise<void> {
  const user = keys.userId(id);
  const mail = email === '' ? '' : keys.emailId(email);
  hashOf(await scripts.run(DELETE_USER, [keys.key('u', user)], [keys.base, user, newEpoch(), keepMs, mail]));
}
