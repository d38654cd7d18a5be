import { poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Origin, startOrigin } from './support/origin.ts';
import { inSync, settingsOf, startWorker, type Worker } from './support/workers.ts';

const TEN_MINUTES_MS = 600_000;
const LEASE_MS = 1_500;
let server: RedisServer;
let origin: Origin;
let ahead: Worker;
let behind: Worker;
let right: Worker;
const all = () => [ahead, behind, right];

const start = (clockShiftMs: number) =>
  startWorker({
    settings: settingsOf(server),
    originUrl: origin.url,
    clockShiftMs,
    cache: { writeLeaseMs: LEASE_MS },
  });

beforeAll(async () => {
  server = await startRedis();
  origin = await startOrigin();
  [ahead, behind, right] = await Promise.all([start(TEN_MINUTES_MS), start(-TEN_MINUTES_MS), start(0)]);
  await inSync(...all());
});
afterAll(async () => {
  await Promise.all(all().map((worker) => worker.kill('SIGKILL')));
  await Promise.all([origin.stop(), server.stop()]);
});

const reasons = (key: string) => Promise.all(all().map(async (worker) => (await worker.look(key)).reason));
const become = (reason: string, key: string) =>
  poll(async () => (await reasons(key)).every((each) => each === reason), {
    what: `${key} to be ${reason} everywhere`,
    timeoutMs: 10_000,
  });

it('processes whose clocks are twenty minutes apart agree on Redis’s time', async () => {
  const local = await Promise.all(all().map((worker) => worker.localMs()));
  expect(Math.max(...local) - Math.min(...local)).toBeGreaterThan(2 * TEN_MINUTES_MS - 5_000);
  const redis = await Promise.all(all().map((worker) => worker.nowMs()));
  expect(Math.max(...redis) - Math.min(...redis)).toBeLessThan(2_000);
  expect(Math.abs(Date.now() - (redis[0] ?? 0))).toBeLessThan(2_000);
});

it('an entry is fresh for all of them as long as it should be, and no longer', async () => {
  for (const [index, worker] of all().entries()) {
    await worker.put(`long-${index}`, 'v', { freshForMs: 60_000 });
    await worker.put(`short-${index}`, 'v', { freshForMs: 1_500 });
    expect(await reasons(`long-${index}`)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(await reasons(`short-${index}`)).toEqual(['fresh', 'fresh', 'fresh']);
  }
  await sleep(1_600);
  for (const index of all().keys()) {
    expect(await reasons(`long-${index}`)).toEqual(['fresh', 'fresh', 'fresh']);
    for (const reason of await reasons(`short-${index}`)) expect(['expired-ttl', 'absent']).toContain(reason);
  }
});

it('what one of them invalidates is outdated, and what it stores then is current, for the others', async () => {
  for (const [index, worker] of all().entries()) {
    const key = `k-${index}`;
    for (const other of all()) await other.put(key, 'old', { tags: [key] });
    await worker.invalidate([key]);
    await become('expired-tag', key);
    await worker.put(key, 'new', { tags: [key] });
    const texts = await Promise.all(all().map(async (other) => (await other.look(key)).text));
    expect(texts).toEqual(['new', 'new', 'new']);
  }
});

it('the deadline of a stale mark passes for all of them at Redis’s time', async () => {
  await Promise.all(
    all().map(async (worker, index) => {
      const key = `s-${index}`;
      await right.put(key, 'old', { tags: [key] });
      await worker.invalidate([key], { mode: 'stale', expireAfterMs: 2_000 });
      await become('stale-tag', key);
      await become('expired-tag', key);
    }),
  );
});

it('a dead writer’s mark is lifted when its lease is over in Redis’s time, not before', async () => {
  await right.put('w', 'old', { tags: ['w'] });
  const writer = await start(TEN_MINUTES_MS);
  await inSync(writer);
  await writer.beginWrite(['w']);
  await writer.kill('SIGKILL');
  await inSync(...all());
  expect(await reasons('w')).toEqual(['being-written', 'being-written', 'being-written']);
  await become('expired-tag', 'w');
});

it('a clock that is set back during a computation does not make its result outlive newer ones', async () => {
  const worker = await start(0);
  await inSync(worker);
  const options = { ttlMs: 300, staleWhileRevalidateMs: 60_000 };
  const held = origin.hold('step');
  const computing = worker.fetch('step', options);
  await held.arrived();
  await worker.stepClock(-TEN_MINUTES_MS);
  held.release();
  await computing;
  origin.write('step');
  await poll(async () => (await right.fetch('step', options)).value === 2, {
    what: 'the newer value',
    timeoutMs: 10_000,
  });
  await poll(async () => (await worker.fetch('step', options)).value === 2, { what: 'the newer value' });
  await worker.kill('SIGKILL');
});
