import { randomBytes } from 'node:crypto';
import { trustOf } from '@tbi/testing';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { inRequest } from '../src/index.ts';
import {
  authenticatorOf,
  closeAll,
  codeOf,
  DAY_MS,
  inMs,
  isIn,
  openStore,
  type Store,
  signIn,
  storeAt,
} from './support/stores.ts';

afterAll(closeAll);

const newKey = () => randomBytes(32).toString('base64');
const SECRETS = {
  email: 'secret-person@example.com',
  name: 'Secret Person',
  accessToken: 'secret-access-token',
  link: 'secret-link-token',
};

/** A user with one of everything. */
async function fill(store: Store) {
  const { adapter } = store;
  const user = await adapter.createUser({
    email: SECRETS.email,
    emailVerified: new Date(),
    name: SECRETS.name,
  });
  await adapter.linkAccount({
    userId: user.id,
    type: 'oauth',
    provider: 'google',
    providerAccountId: 'g',
    access_token: SECRETS.accessToken,
    refresh_token: SECRETS.accessToken,
  } as Parameters<typeof adapter.linkAccount>[0]);
  await adapter.createAuthenticator(authenticatorOf(user.id));
  await adapter.createVerificationToken({
    identifier: SECRETS.email,
    token: SECRETS.link,
    expires: inMs(DAY_MS),
  });
  const token = await inRequest({ userAgent: 'curl/8', address: '198.51.100.7' }, () =>
    signIn(store, user.id),
  );
  await store.control.revokeOthers(user.id, token);
  return { user, token };
}

const everything = async (store: Store) =>
  (await store.dump()).map(({ key, text }) => `${key} ${text}`).join('\n');

describe('a dump of Redis', () => {
  it('contains no token, cookie or link, and no address in the name of a key', async () => {
    const store = await openStore();
    const { token } = await fill(store);
    const text = await everything(store);
    for (const secret of [token, SECRETS.link, SECRETS.accessToken, '198.51.100.7']) {
      expect(text.includes(secret), secret).toBe(false);
    }
    expect((await store.dump()).filter(({ key }) => key.includes('@'))).toEqual([]);
  });

  it('contains nothing of the user when it is encrypted', async () => {
    const store = await openStore({ encryptionKeys: [newKey()] });
    const { user, token } = await fill(store);
    const text = await everything(store);
    for (const secret of [...Object.values(SECRETS), token, user.id, '198.51.100']) {
      expect(text.includes(secret), secret).toBe(false);
    }
    expect(await store.adapter.getAccount('g', 'google')).toMatchObject({
      access_token: SECRETS.accessToken,
    });
  });

  it('has an expiry on every key', async () => {
    const store = await openStore();
    const { user } = await fill(store);
    await store.adapter.updateUser({ id: user.id, email: 'other@example.com' });
    await store.control.list(user.id);
    const keys = await store.dump();
    expect(new Set(keys.map(({ key }) => key.split(':').at(-2)))).toEqual(
      new Set(['s', 'i', 'e', 'u', 'm', 'a', 'l', 'w', 'x', 't', 'k']),
    );
    expect(keys.filter(({ ttlMs }) => ttlMs <= 0)).toEqual([]);
  });
});

describe('the keys of encryption', () => {
  it('rotate: the old one opens, the new one seals, without the old one what it sealed is gone', async () => {
    const [older, newer] = [newKey(), newKey()];
    const before = await openStore({ encryptionKeys: [older] });
    const { user, token } = await fill(before);
    const rotated = storeAt(before.url, { ...before.options, encryptionKeys: [newer, older] });
    expect((await rotated.adapter.getSessionAndUser(token))?.user).toEqual(user);
    await rotated.adapter.updateUser(user);
    const newToken = await signIn(rotated, user.id);
    const after = storeAt(before.url, { ...before.options, encryptionKeys: [newer] });
    expect(await after.adapter.getUser(user.id)).toEqual(user);
    expect(await isIn(after, newToken)).toBe(true);
    expect(await isIn(after, token)).toBe(false);
  });

  it('are introduced with `plain` as the last one', async () => {
    const before = await openStore();
    const { user, token } = await fill(before);
    const key = newKey();
    const mixed = storeAt(before.url, { ...before.options, encryptionKeys: [key, 'plain'] });
    expect((await mixed.adapter.getSessionAndUser(token))?.user).toEqual(user);
    const strict = storeAt(before.url, { ...before.options, encryptionKeys: [key] });
    expect(await isIn(strict, token)).toBe(false);
    expect(await codeOf(strict.adapter.getUser(user.id))).toBe('ERR_AUTH_UNREADABLE');
  });

  it('are bound to the place: what is copied to another key does not open', async () => {
    const store = await openStore({ encryptionKeys: [newKey()] });
    const { user: victim, token: victimToken } = await fill(store);
    const attacker = await store.adapter.createUser({ email: 'attacker@example.com', emailVerified: null });
    const token = await signIn(store, attacker.id);
    const client = new Redis(store.url, trustOf(store.url));
    try {
      const sessions = (await store.dump()).filter(({ key }) => key.includes('{auth}:s:'));
      const hashes = await Promise.all(sessions.map(({ key }) => client.hgetall(key)));
      const users = [...new Set(hashes.map(({ user }) => user))];
      expect(users).toHaveLength(2);
      // Who can write into Redis lets the attacker's session point to the victim.
      for (const { key } of sessions) {
        const own = (await client.hget(key, 'user')) ?? '';
        await client.hset(key, 'user', users.find((user) => user !== own) ?? '');
      }
      expect(await store.adapter.getSessionAndUser(token)).toBeNull();
      expect(await store.adapter.getSessionAndUser(victimToken)).toBeNull();
      // Or copies the attacker's properties over the victim's.
      const [from, to] = [attacker, victim].map(({ id }) => id);
      const records = (await store.dump()).filter(({ key }) => key.includes('{auth}:u:'));
      const [one, other] = records.map(({ key }) => key);
      await client.hset(one ?? '', 'f:email', (await client.hget(other ?? '', 'f:email')) ?? '');
      const outcomes = await Promise.all([from, to].map((id) => codeOf(store.adapter.getUser(id ?? ''))));
      expect(outcomes).toContain('ERR_AUTH_UNREADABLE');
    } finally {
      client.disconnect();
    }
  });
});

it('a pepper makes the names of keys useless to whoever lacks it', async () => {
  const store = await openStore({ pepper: 'a pepper' });
  const { token, user } = await fill(store);
  const without = storeAt(store.url, { ...store.options, pepper: 'another' });
  expect(await isIn(store, token)).toBe(true);
  expect(await isIn(without, token)).toBe(false);
  expect(await without.adapter.getUser(user.id)).toBeNull();
});
