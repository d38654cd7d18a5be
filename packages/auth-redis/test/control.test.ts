import { sleep } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRequest } from '../src/index.ts';
import { closeAll, isIn, newUser, openStore, type Store, signIn, storeAt } from './support/stores.ts';

let store: Store;
/** Another connection, as another process has one. */
let elsewhere: Store;
beforeAll(async () => {
  store = await openStore({ seenEveryMs: 50 });
  elsewhere = storeAt(store.url, store.options);
});
afterAll(closeAll);

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';

async function three() {
  const user = await newUser(store);
  const tokens = [await signIn(store, user.id), await signIn(store, user.id), await signIn(store, user.id)];
  return { user, tokens, alive: () => Promise.all(tokens.map((token) => isIn(elsewhere, token))) };
}

describe("a user's sessions", () => {
  it('are listed with browser, network and times, the current one marked, the last seen first', async () => {
    const user = await newUser(store);
    const facts = { userAgent: firefox, address: '203.0.113.77' };
    const first = await inRequest(facts, () => signIn(store, user.id));
    await sleep(5);
    const second = await inRequest({ address: '2001:db8:1:2::3' }, () => signIn(store, user.id));
    await sleep(60);
    await elsewhere.adapter.getSessionAndUser(first);
    const list = await store.control.list(user.id, second);
    expect(list).toMatchObject([
      { browser: 'Firefox on Linux', addressPrefix: '203.0.113.0/24', current: false },
      { browser: null, addressPrefix: '2001:db8:1::/48', current: true },
    ]);
    const [seen, created] = [list[0]?.lastSeenAt.getTime() ?? 0, list[0]?.createdAt.getTime() ?? 0];
    expect(seen - created).toBeGreaterThanOrEqual(50);
    expect(JSON.stringify(list)).not.toContain(first);
  });

  it('end one by one, and only for their own user', async () => {
    const { user, tokens, alive } = await three();
    const stranger = await newUser(store);
    const [target] = await store.control
      .list(user.id, tokens[1])
      .then((list) => list.filter((s) => s.current));
    expect(await store.control.revoke(stranger.id, target?.id ?? '')).toBe(false);
    expect(await store.control.revoke(user.id, target?.id ?? '')).toBe(true);
    expect(await store.control.revoke(user.id, target?.id ?? '')).toBe(false);
    expect(await alive()).toEqual([true, false, true]);
  });

  it('end all but the current one, which goes on', async () => {
    const { user, tokens, alive } = await three();
    expect(await store.control.revokeOthers(user.id, tokens[2] ?? '')).toBe(2);
    expect(await alive()).toEqual([false, false, true]);
    expect(await store.control.list(user.id, tokens[2])).toMatchObject([{ current: true }]);
    expect(await store.control.revokeAll(user.id)).toBe(1);
    expect(await alive()).toEqual([false, false, false]);
  });

  it('all end when the current one is nobody’s, or somebody else’s', async () => {
    const { user, alive } = await three();
    const stranger = await newUser(store);
    const foreign = await signIn(store, stranger.id);
    expect(await store.control.revokeOthers(user.id, foreign)).toBe(3);
    expect(await alive()).toEqual([false, false, false]);
    expect(await isIn(store, foreign)).toBe(true);
  });

  it('beyond the cap end that which was refreshed longest ago', async () => {
    const capped = storeAt(store.url, { ...store.options, maxSessionsPerUser: 2, updateAgeMs: 0 });
    const user = await newUser(capped);
    const first = await signIn(capped, user.id);
    await sleep(5);
    const second = await signIn(capped, user.id);
    await sleep(5);
    await capped.control.refresh(first);
    const third = await signIn(capped, user.id);
    expect(await Promise.all([first, second, third].map((token) => isIn(capped, token)))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are checked, and ended by their token', async () => {
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    expect(await store.control.check(token)).toEqual({ userId: user.id, refreshDue: false });
    expect(await store.control.end(token)).toBe(user.id);
    expect(await store.control.end(token)).toBeNull();
    expect(await store.control.check(token)).toBeNull();
    expect(await store.control.refresh(token)).toBeNull();
  });
});
