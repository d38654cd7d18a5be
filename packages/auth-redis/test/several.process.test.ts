import type { RedisSettings } from '@tbi/redis';
import { type ForkedNode, forkNode, poll, type RedisCluster, startRedisCluster } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthRedisOptions, createSessionControl, RedisAdapter } from '../src/index.ts';
import {
  closeAll,
  connect,
  DAY_MS,
  inMs,
  newUser,
  openStore,
  type Store,
  settingsOf,
  signIn,
} from './support/stores.ts';

const started: ForkedNode[] = [];
let cluster: RedisCluster;
afterAll(async () => {
  await Promise.all(started.map((worker) => worker.kill()));
  await closeAll();
  await cluster?.stop();
});

const startWorkers = (settings: RedisSettings, options: AuthRedisOptions) =>
  Promise.all(
    [0, 1, 2].map(async () => {
      const args = [JSON.stringify({ settings, options })];
      const worker = await forkNode(new URL('./fixtures/worker.ts', import.meta.url), { args });
      started.push(worker);
      return worker;
    }),
  );

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** What must hold between processes, on one server and on a Cluster. */
function betweenProcesses(
  open: () => { readonly store: Pick<Store, 'adapter'>; readonly workers: ForkedNode[] },
) {
  it('a link works once among three processes', async () => {
    const { store, workers } = open();
    const identifier = 'processes@example.com';
    await store.adapter.createVerificationToken({ identifier, token: 'once', expires: inMs(DAY_MS) });
    const counts = workers.map((worker) => worker.call<number>('useToken', identifier, 'once', 40));
    expect(sum(await Promise.all(counts))).toBe(1);
  });

  it('an address gets one user among three processes', async () => {
    const counts = open().workers.map((worker) => worker.call<number>('createUsers', 'same@example.com', 20));
    expect(sum(await Promise.all(counts))).toBe(1);
  });

  it('a revocation by one process is effective in the others at their next request', async () => {
    const { store, workers } = open();
    const user = await newUser(store);
    const token = await signIn(store, user.id);
    const everywhere = () => Promise.all(workers.map((worker) => worker.call<boolean>('isIn', token)));
    expect(await everywhere()).toEqual([true, true, true]);
    expect(await workers[0]?.call('revokeAll', user.id)).toBe(1);
    expect(await everywhere()).toEqual([false, false, false]);
  });
}

describe('several processes on one Redis', () => {
  let store: Store;
  let workers: ForkedNode[];
  beforeAll(async () => {
    store = await openStore();
    workers = await startWorkers(settingsOf(store.url), store.options);
  });
  betweenProcesses(() => ({ store, workers }));
});

describe('several processes on a Cluster', () => {
  let store: Pick<Store, 'adapter' | 'control'>;
  let workers: ForkedNode[];
  beforeAll(async () => {
    cluster = await startRedisCluster({ user: 'sessions' });
    const settings: RedisSettings = { ...cluster.settings, commandTimeoutMs: 5_000 };
    const redis = connect(settings);
    store = { adapter: RedisAdapter(redis), control: createSessionControl(redis) };
    await poll(() => store.adapter.getUser('nobody').then(() => true), { timeoutMs: 15_000 });
    workers = await startWorkers(settings, {});
  });
  betweenProcesses(() => ({ store: store as Store, workers }));

  it('everything that belongs to a user is found and removed', async () => {
    const { adapter, control } = store;
    const user = await newUser(store);
    await signIn(store, user.id);
    await adapter.linkAccount({ userId: user.id, type: 'oauth', provider: 'p', providerAccountId: 'x' });
    expect(await control.list(user.id)).toHaveLength(1);
    expect(await adapter.deleteUser(user.id)).toEqual(user);
    expect(await control.list(user.id)).toEqual([]);
    expect(await adapter.getAccount('x', 'p')).toBeNull();
  });
});
