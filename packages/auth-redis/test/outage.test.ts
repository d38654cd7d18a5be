import { poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { evictionWarning, RedisAdapter } from '../src/index.ts';
import {
  closeAll,
  codeOf,
  connect,
  DAY_MS,
  inMs,
  isIn,
  newUser,
  settingsOf,
  signIn,
  storeAt,
  untilBack,
} from './support/stores.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis({ user: 'sessions', config: { appendonly: 'yes', appendfsync: 'always' } });
});
afterEach(() => server.kill('SIGCONT'));
afterAll(async () => {
  await closeAll();
  await server.stop();
});

const impatient = () => RedisAdapter(connect(settingsOf(server.url, 150)));

describe('while Redis is away', () => {
  it('every method rejects, none says that there is nobody; back again, all are still signed in', async () => {
    const store = storeAt(server.url, {});
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    await server.kill('SIGKILL');
    const { adapter, control } = store;
    const calls: Record<string, () => Promise<unknown>> = {
      getSessionAndUser: () => adapter.getSessionAndUser(token),
      createSession: () =>
        adapter.createSession({ sessionToken: 'x', userId: user.id, expires: inMs(DAY_MS) }),
      updateSession: () => adapter.updateSession({ sessionToken: token, expires: inMs(DAY_MS) }),
      deleteSession: () => adapter.deleteSession(token),
      getUser: () => adapter.getUser(user.id),
      getUserByEmail: () => adapter.getUserByEmail(user.email),
      useVerificationToken: () => adapter.useVerificationToken({ identifier: 'a', token: 'b' }),
      getAuthenticator: () => adapter.getAuthenticator('c'),
      list: () => control.list(user.id),
      revokeAll: () => control.revokeAll(user.id),
      check: () => control.check(token),
    };
    for (const [name, call] of Object.entries(calls)) {
      expect(await codeOf(call()), name).toMatch(/^ERR_REDIS_/);
    }
    await server.restart({ keepData: true });
    await untilBack(store);
    expect(await isIn(store, token)).toBe(true);
  });

  it('a hung one is no longer than a deadline', async () => {
    const adapter = impatient();
    await adapter.getUser('nobody');
    await server.kill('SIGSTOP');
    const startedMs = performance.now();
    const codes = await poll(async () => {
      const code = await codeOf(adapter.getSessionAndUser('x'));
      return code !== 'no error' && code;
    });
    expect(codes).toMatch(/^ERR_REDIS_(DEADLINE|BREAKER_OPEN|UNAVAILABLE)$/);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });
});

describe('a Redis that has just been connected to', () => {
  it('serves the first call of a process', async () => {
    expect(await impatient().getSessionAndUser('nobody')).toBeNull();
  });
});

describe('a Redis without memory', () => {
  it('still tells who is signed in, ends sessions, and refuses new ones', async () => {
    const full = await startRedis({ user: 'sessions', config: { 'maxmemory-policy': 'noeviction' } });
    try {
      const store = storeAt(full.url, { seenEveryMs: 0 });
      const user = await newUser(store);
      const token = await signIn(store, user.id);
      await full.command('CONFIG', 'SET', 'maxmemory', '1');
      expect(await isIn(store, token)).toBe(true);
      expect(await codeOf(signIn(store, user.id))).toBe('ERR_REDIS_REPLY');
      expect(await store.adapter.deleteSession(token)).toMatchObject({ userId: user.id });
      expect(await isIn(store, token)).toBe(false);
    } finally {
      await full.stop();
    }
  });
});

describe('a policy that may evict', () => {
  it('is warned of', async () => {
    expect(await evictionWarning(connect(settingsOf(server.url)))).toBeNull();
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const warning = await evictionWarning(connect(settingsOf(server.url)));
    expect(warning).toContain('allkeys-lru');
    expect(warning).toContain('noeviction');
  });
});
