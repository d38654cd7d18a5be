import { poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Origin, startOrigin } from './support/origin.ts';
import { createWorkers, settingsOf } from './support/workers.ts';

const PROCESSES = 4;
let server: RedisServer;
let origin: Origin;
const workers = createWorkers(() => ({
  // No deadline may pass here just because the machine is busy.
  settings: settingsOf(server, 5_000),
  backend: { maxUnsyncedMs: 10_000, deadlineMs: 5_000 },
  originUrl: origin.url,
}));

beforeAll(async () => {
  server = await startRedis();
  origin = await startOrigin();
});
afterEach(() => workers.release());
afterAll(async () => {
  await workers.stopAll();
  await Promise.all([origin.stop(), server.stop()]);
});

const times = (count: number, key: string) => Array.from({ length: count }, () => key);

it('4 processes with 200 callers each of one cold key compute it once', async () => {
  const all = await workers.openMany(PROCESSES);
  const held = origin.hold('cold');
  const answers = Promise.all(all.map((worker) => worker.fetchMany(times(200, 'cold'))));
  await held.arrived();
  await sleep(300);
  held.release();
  const values = (await answers).flat().map(({ value }) => value);
  expect(values).toEqual(Array(PROCESSES * 200).fill(1));
  expect(origin.reads('cold')).toBe(1);
});

it('when the process that computes is killed, one other computes after its lease', async () => {
  const limits = { cache: { compute: { leaseMs: 1_500, maxWaitMs: 30_000 } } };
  const [holder, ...others] = await workers.openMany(PROCESSES, limits);
  const held = origin.hold('orphan');
  const lost = holder?.fetch('orphan').catch(() => 'killed');
  await held.arrived();
  const answers = Promise.all(others.map((worker) => worker.fetchMany(times(50, 'orphan'))));
  await sleep(200);
  expect(origin.reads('orphan')).toBe(1);
  await holder?.kill('SIGKILL');
  expect(await lost).toBe('killed');
  await held.arrived(2);
  await sleep(300);
  held.release();
  expect((await answers).flat().every(({ value }) => value === 1)).toBe(true);
  expect(origin.reads('orphan')).toBe(2);
});

it('without Redis, each process computes once for all of its callers', async () => {
  const all = await workers.openMany(PROCESSES);
  await server.kill('SIGKILL');
  const held = origin.hold('down');
  const answers = Promise.all(all.map((worker) => worker.fetchMany(times(100, 'down'))));
  await held.arrived(PROCESSES);
  await sleep(300);
  held.release();
  expect((await answers).flat().every(({ value }) => value === 1)).toBe(true);
  expect(origin.reads('down')).toBe(PROCESSES);
  await server.restart();
});

it('an emptied cache under twice the load that the origin can bear fills again while the load stays on', async () => {
  const perProcess = 100;
  const keys = Array.from({ length: 300 }, (_, index) => `page-${index}`);
  origin.limit({ reads: 4, latencyMs: 20 });
  const all = await workers.openMany(PROCESSES);
  await Promise.all(all.map((worker) => worker.startLoad(keys, perProcess)));
  const calm = () =>
    poll(() => isCalm(all.length * perProcess), { timeoutMs: 40_000, what: 'the origin to be left alone' });
  await calm();
  await server.command('FLUSHALL');
  const filled = origin.reads();
  await poll(() => origin.reads() > filled + keys.length * 0.2, {
    timeoutMs: 20_000,
    what: 'the cache to be cold',
  });
  await calm();
  const stats = await Promise.all(all.map((worker) => worker.loadStats()));
  await Promise.all(all.map((worker) => worker.stopLoad()));
  expect(stats.map(({ rejected }) => rejected)).toEqual(stats.map(() => 0));
});

/** Whether in half a second nearly nothing of what is asked for had to be computed. */
async function isCalm(perSecond: number) {
  const before = origin.reads();
  await sleep(500);
  return origin.reads() - before < perSecond * 0.5 * 0.02;
}
