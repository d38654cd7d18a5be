import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRequest } from '../src/index.ts';
import {
  authenticatorOf,
  closeAll,
  codeOf,
  DAY_MS,
  inMs,
  newUser,
  openStore,
  type Store,
  signIn,
} from './support/stores.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(closeAll);

const account = (userId: string, providerAccountId: string) => ({
  userId,
  type: 'oauth' as const,
  provider: 'google',
  providerAccountId,
  scope: 'openid',
});

describe('users', () => {
  it('come back as they were stored, dates and own properties too', async () => {
    const emailVerified = new Date('2026-01-02T03:04:05.678Z');
    const given = { email: 'Ada@Example.com', emailVerified, name: 'Ada', image: null, role: 'admin' };
    const user = await store.adapter.createUser(given);
    expect(user).toEqual({ ...given, id: expect.any(String) });
    expect(await store.adapter.getUser(user.id)).toEqual(user);
    expect(await store.adapter.getUserByEmail('ada@example.COM')).toEqual(user);
  });

  it('keep an id that they bring, as Auth.js 5 gives one', async () => {
    const id = crypto.randomUUID();
    const user = await store.adapter.createUser({ id, email: 'own-id@example.com', emailVerified: null });
    expect(user.id).toBe(id);
    const again = store.adapter.createUser({ id, email: 'other-id@example.com', emailVerified: null });
    expect(await codeOf(again)).toBe('ERR_AUTH_USER_EXISTS');
  });

  it('are null when there are none', async () => {
    const { adapter } = store;
    expect(await adapter.getUser('nobody')).toBeNull();
    expect(await adapter.getUserByEmail('nobody@example.com')).toBeNull();
    expect(await adapter.getUserByAccount({ provider: 'x', providerAccountId: 'y' })).toBeNull();
    expect(await codeOf(adapter.updateUser({ id: 'nobody', name: 'x' }))).toBe('ERR_AUTH_NO_USER');
  });

  it('change only in what an update names, and move to another address as a whole', async () => {
    const user = await newUser(store, { name: 'Before', role: 'user' });
    const updated = await store.adapter.updateUser({ id: user.id, email: 'moved@example.com', name: null });
    expect(updated).toEqual({ ...user, email: 'moved@example.com', name: null });
    expect(await store.adapter.getUserByEmail(user.email)).toBeNull();
    expect(await store.adapter.getUserByEmail('moved@example.com')).toEqual(updated);
    const other = await newUser(store);
    const taken = store.adapter.updateUser({ id: other.id, email: 'MOVED@example.com' });
    expect(await codeOf(taken)).toBe('ERR_AUTH_EMAIL_TAKEN');
  });

  it('are not confused by letters that only look the same when they are lowered', async () => {
    const owner = await store.adapter.createUser({ email: 'kim@example.com', emailVerified: null });
    const kelvin = await store.adapter.createUser({ email: '\u212aim@example.com', emailVerified: null });
    expect(kelvin.id).not.toBe(owner.id);
  });
});

describe('accounts', () => {
  it('lead to their user until they are unlinked', async () => {
    const user = await newUser(store);
    const linked = account(user.id, 'g-1');
    await store.adapter.linkAccount(linked);
    expect(await store.adapter.getUserByAccount(linked)).toEqual(user);
    expect(await store.adapter.getAccount('g-1', 'google')).toEqual(linked);
    await store.adapter.unlinkAccount(linked);
    expect(await store.adapter.getUserByAccount(linked)).toBeNull();
    expect(await store.adapter.getAccount('g-1', 'google')).toBeNull();
    await store.adapter.unlinkAccount(linked);
  });

  it('belong to one user', async () => {
    const [one, other] = [await newUser(store), await newUser(store)];
    await store.adapter.linkAccount(account(one.id, 'g-2'));
    await store.adapter.linkAccount(account(one.id, 'g-2'));
    expect(await codeOf(store.adapter.linkAccount(account(other.id, 'g-2')))).toBe('ERR_AUTH_ACCOUNT_TAKEN');
    expect(await codeOf(store.adapter.linkAccount(account('nobody', 'g-3')))).toBe('ERR_AUTH_NO_USER');
  });
});

describe('authenticators', () => {
  it('are listed, counted and refused twice', async () => {
    const user = await newUser(store);
    const authenticator = {
      credentialID: 'cred-1',
      userId: user.id,
      providerAccountId: 'cred-1',
      credentialPublicKey: 'pk',
      counter: 3,
      credentialDeviceType: 'singleDevice',
      credentialBackedUp: false,
      transports: null,
    };
    const { adapter } = store;
    await adapter.createAuthenticator(authenticator);
    expect(await adapter.getAuthenticator('cred-1')).toEqual(authenticator);
    expect(await adapter.updateAuthenticatorCounter('cred-1', 9)).toEqual({ ...authenticator, counter: 9 });
    expect(await adapter.listAuthenticatorsByUserId(user.id)).toEqual([{ ...authenticator, counter: 9 }]);
    expect(await adapter.listAuthenticatorsByUserId('nobody')).toEqual([]);
    expect(await adapter.getAuthenticator('none')).toBeNull();
    expect(await codeOf(adapter.createAuthenticator(authenticator))).toBe('ERR_AUTH_AUTHENTICATOR_TAKEN');
    expect(await codeOf(adapter.updateAuthenticatorCounter('none', 1))).toBe('ERR_AUTH_NO_USER');
  });
});

describe('sessions', () => {
  it('come with their user, and end', async () => {
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    const found = await store.adapter.getSessionAndUser(token);
    expect(found).toEqual({
      session: { sessionToken: token, userId: user.id, expires: expect.any(Date) },
      user,
    });
    expect(await store.adapter.deleteSession(token)).toMatchObject({ userId: user.id });
    expect(await store.adapter.getSessionAndUser(token)).toBeNull();
    expect(await store.adapter.deleteSession(token)).toBeNull();
    expect(await store.adapter.getSessionAndUser('')).toBeNull();
  });

  it('need a user, and a token of their own', async () => {
    const user = await newUser(store);
    expect(await codeOf(signIn(store, 'nobody'))).toBe('ERR_AUTH_NO_USER');
    const session = { sessionToken: 'twice', userId: user.id, expires: inMs(DAY_MS) };
    await store.adapter.createSession(session);
    expect(await codeOf(store.adapter.createSession(session))).toBe('ERR_AUTH_TOKEN_REUSED');
  });

  it('are not given to another user', async () => {
    const [one, other] = [await newUser(store), await newUser(store)];
    const token = await signIn(store, one.id);
    const update = store.adapter.updateSession({ sessionToken: token, userId: other.id });
    expect(await codeOf(update)).toBe('ERR_AUTH_NO_USER');
    expect(await store.adapter.updateSession({ sessionToken: 'none', expires: inMs(1) })).toBeNull();
  });
});

describe('a sign-in', () => {
  it('ends the session that the browser had before, whoever’s it was', async () => {
    const [victim, attacker] = [await newUser(store), await newUser(store)];
    const planted = await signIn(store, attacker.id);
    const token = await inRequest({ sessionToken: planted }, () => signIn(store, victim.id));
    expect(await store.adapter.getSessionAndUser(planted)).toBeNull();
    expect((await store.adapter.getSessionAndUser(token))?.user.id).toBe(victim.id);
    expect(await store.control.list(attacker.id)).toEqual([]);
  });
});

describe('verification tokens', () => {
  it('work once, for their address, until they expire', async () => {
    const { adapter } = store;
    const token = { identifier: 'a@example.com', token: 'abc', expires: inMs(DAY_MS) };
    await adapter.createVerificationToken(token);
    expect(await adapter.useVerificationToken({ identifier: 'b@example.com', token: 'abc' })).toBeNull();
    const used = await adapter.useVerificationToken({ identifier: 'a@example.com', token: 'abc' });
    expect(used).toMatchObject({ identifier: 'a@example.com', token: 'abc' });
    expect(Math.abs((used?.expires.getTime() ?? 0) - token.expires.getTime())).toBeLessThan(1_000);
    expect(await adapter.useVerificationToken({ identifier: 'a@example.com', token: 'abc' })).toBeNull();
    await adapter.createVerificationToken({ ...token, token: 'late', expires: inMs(-1) });
    expect(await adapter.useVerificationToken({ identifier: 'a@example.com', token: 'late' })).toBeNull();
  });

  it('are no more than ten for one address: the oldest gives way', async () => {
    const { adapter } = store;
    const identifier = 'many@example.com';
    for (let i = 0; i < 11; i += 1) {
      await adapter.createVerificationToken({
        identifier,
        token: `t${i}`,
        expires: inMs(DAY_MS + i * 1_000),
      });
    }
    expect(await adapter.useVerificationToken({ identifier, token: 't0' })).toBeNull();
    expect(await adapter.useVerificationToken({ identifier, token: 't1' })).not.toBeNull();
  });
});

it('deleting a user removes every session, account, authenticator and token of theirs', async () => {
  const own = await openStore();
  const { adapter } = own;
  const user = await newUser(own);
  const bystander = await newUser(own);
  const kept = await signIn(own, bystander.id);
  const before = (await own.dump()).map(({ key }) => key);
  await Promise.all([1, 2, 3].map(() => signIn(own, user.id)));
  await adapter.linkAccount(account(user.id, 'g-9'));
  await adapter.createVerificationToken({ identifier: user.email, token: 'open', expires: inMs(DAY_MS) });
  await adapter.createAuthenticator(authenticatorOf(user.id));
  expect(await adapter.deleteUser(user.id)).toEqual(user);
  expect(await adapter.deleteUser(user.id)).toBeNull();
  const left = (await own.dump()).filter(({ key }) => !before.includes(key)).map(({ key }) => key);
  // What remembers that sign-ins from before are refused.
  expect(left).toEqual([expect.stringContaining('{auth}:e:')]);
  expect(await adapter.getSessionAndUser(kept)).not.toBeNull();
});
