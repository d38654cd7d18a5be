import type { Adapter as Adapter4 } from 'next-auth/adapters';
import type { Adapter as Adapter5 } from 'next-auth-5/adapters';
import { expect, it } from 'vitest';
import { RedisAdapter, type RedisAuthAdapter, type WithRedisSessions } from '../src/index.ts';
import { closeAll, openStore } from './support/stores.ts';

/** Users and accounts in another store. */
type Elsewhere = Pick<RedisAuthAdapter, 'getUser' | 'getUserByEmail' | 'deleteUser' | 'linkAccount'>;

it('the adapter has the type that both versions of next-auth ask for, and every method of both', async () => {
  const assign = (own: RedisAuthAdapter, mixed: WithRedisSessions<Elsewhere>) => {
    const four: Adapter4[] = [own, mixed];
    const five: Adapter5[] = [own, mixed];
    return [four, five];
  };
  expect(assign).toBeTypeOf('function');
  const methods: Record<keyof Adapter4 | keyof Adapter5, true> = {
    createUser: true,
    getUser: true,
    getUserByEmail: true,
    getUserByAccount: true,
    updateUser: true,
    deleteUser: true,
    linkAccount: true,
    unlinkAccount: true,
    getAccount: true,
    createSession: true,
    getSessionAndUser: true,
    updateSession: true,
    deleteSession: true,
    createVerificationToken: true,
    useVerificationToken: true,
    createAuthenticator: true,
    getAuthenticator: true,
    listAuthenticatorsByUserId: true,
    updateAuthenticatorCounter: true,
  };
  const { redis } = await openStore();
  expect(Object.keys(RedisAdapter(redis)).sort()).toEqual(Object.keys(methods).sort());
  await closeAll();
});
