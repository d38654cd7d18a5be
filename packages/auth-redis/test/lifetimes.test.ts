import { sleep } from '@tbi/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { inRequest } from '../src/index.ts';
import {
  closeAll,
  DAY_MS,
  inMs,
  isIn,
  newUser,
  openStore,
  type Store,
  signIn,
  storeAt,
} from './support/stores.ts';

afterAll(closeAll);

const roll = (store: Store, sessionToken: string, ms: number) =>
  inRequest({ canSetCookies: true }, () => store.adapter.updateSession({ sessionToken, expires: inMs(ms) }));
const about = (date: Date | undefined, ms: number) =>
  Math.abs((date?.getTime() ?? 0) - Date.now() - ms) < 5_000;

describe('a session', () => {
  it('ends when it is not refreshed, by the clock of Redis', async () => {
    const store = await openStore();
    const user = await newUser(store);
    const session = { sessionToken: 'short', userId: user.id, expires: inMs(300) };
    await store.adapter.createSession(session);
    expect(await isIn(store, 'short')).toBe(true);
    await sleep(350);
    expect(await isIn(store, 'short')).toBe(false);
    expect(await store.control.list(user.id)).toEqual([]);
  });

  it('is refreshed at most once in `updateAgeMs`, however many ask', async () => {
    const store = await openStore({ updateAgeMs: 400 });
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    const first = await roll(store, token, 40 * DAY_MS);
    expect(about(first?.expires, 30 * DAY_MS)).toBe(true);
    expect(await store.control.check(token)).toMatchObject({ refreshDue: false });
    await sleep(450);
    expect(await store.control.check(token)).toMatchObject({ refreshDue: true });
    const rolled = await Promise.all([1, 2, 3, 4].map((day) => roll(store, token, (40 + day) * DAY_MS)));
    expect(new Set(rolled.map((session) => session?.expires.getTime())).size).toBe(1);
    expect(await store.control.check(token)).toMatchObject({ refreshDue: false });
  });

  it('is not refreshed where the answer carries no cookie', async () => {
    const store = await openStore({ updateAgeMs: 0 });
    const token = await signIn(store, (await newUser(store)).id);
    const before = await store.dump();
    const unchanged = await store.adapter.updateSession({ sessionToken: token, expires: inMs(60 * DAY_MS) });
    expect(about(unchanged?.expires, 30 * DAY_MS)).toBe(true);
    const fieldsOf = (dump: typeof before) => dump.map(({ key, text }) => `${key} ${text}`).sort();
    expect(fieldsOf(await store.dump())).toEqual(fieldsOf(before));
  });

  it('ends at its absolute cap, however often it is refreshed, and asks for no refresh beyond it', async () => {
    const store = await openStore({ updateAgeMs: 0, absoluteMs: 1_200, maxAgeMs: 30 * DAY_MS });
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    expect(await store.control.check(token)).toMatchObject({ refreshDue: false });
    for (let i = 0; i < 3; i += 1) {
      expect(about((await roll(store, token, 30 * DAY_MS))?.expires, 0)).toBe(true);
      await sleep(200);
    }
    await sleep(800);
    expect(await isIn(store, token)).toBe(false);
    expect(await roll(store, token, 30 * DAY_MS)).toBeNull();
  });

  it('keeps its user for as long as anybody signs in, and its accounts with them', async () => {
    const store = await openStore();
    const user = await newUser(store);
    const account = { userId: user.id, type: 'oauth', provider: 'p', providerAccountId: 'x' } as const;
    await store.adapter.linkAccount(account);
    const later = storeAt(store.url, { ...store.options, userIdleMs: 900 * DAY_MS });
    await signIn(later, user.id);
    const users = (await store.dump()).filter(({ key }) => /:[umal]:/.test(key));
    expect(users).toHaveLength(4);
    for (const { ttlMs } of users) expect(ttlMs).toBeGreaterThan(899 * DAY_MS);
  });
});
