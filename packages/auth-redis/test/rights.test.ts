import { readFileSync } from 'node:fs';
import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSessionControl, evictionWarning, inRequest, RedisAdapter } from '../src/index.ts';
import {
  authenticatorOf,
  closeAll,
  connect,
  DAY_MS,
  inMs,
  newUser,
  settingsOf,
  signIn,
} from './support/stores.ts';

const docs = readFileSync(new URL('../../../docs/sessions.md', import.meta.url), 'utf8');
const rights = /```\n(~tbi-sess:[^`]+)```/.exec(docs)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
  await server.command('ACL', 'SETUSER', 'site', 'reset', 'on', '>secret', ...rights);
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

it('the rights that the documentation names are enough for everything', async () => {
  expect(rights.length).toBeGreaterThan(10);
  const redis = connect({ ...settingsOf(server.url), username: 'site', password: 'secret' });
  const options = {
    keyPrefix: 'tbi-sess:',
    maxSessionsPerUser: 2,
    maxTokensPerIdentifier: 1,
    updateAgeMs: 0,
  };
  const store = { adapter: RedisAdapter(redis, options), control: createSessionControl(redis, options) };
  const { adapter, control } = store;
  const user = await newUser(store);
  await adapter.updateUser({ id: user.id, email: 'rights@example.com' });
  const account = { userId: user.id, type: 'oauth', provider: 'p', providerAccountId: 'x' } as const;
  await adapter.linkAccount(account);
  await adapter.getUserByAccount(account);
  await adapter.getAccount('x', 'p');
  await adapter.createAuthenticator(authenticatorOf(user.id));
  await adapter.updateAuthenticatorCounter('c', 1);
  await adapter.listAuthenticatorsByUserId(user.id);
  for (const token of ['one', 'two']) {
    await adapter.createVerificationToken({ identifier: 'a', token, expires: inMs(DAY_MS) });
  }
  expect(await adapter.useVerificationToken({ identifier: 'a', token: 'two' })).not.toBeNull();
  const tokens = [await signIn(store, user.id), await signIn(store, user.id)];
  const last = await inRequest({ sessionToken: tokens[1] ?? '' }, async () => {
    await control.markSignIn(user.id);
    return signIn(store, user.id);
  });
  await signIn(store, user.id);
  await signIn(store, user.id);
  await control.refresh(last);
  const [listed] = await control.list(user.id);
  expect(await control.revoke(user.id, listed?.id ?? '')).toBe(true);
  await control.revokeOthers(user.id, await signIn(store, user.id));
  await adapter.unlinkAccount(account);
  expect(await adapter.deleteUser(user.id)).not.toBeNull();
  expect(await evictionWarning(redis)).toBeNull();
});
