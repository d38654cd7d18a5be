// What the engine costs, beside what raw ioredis costs in the same run. Medians of rounds that take turns.
import type { Cache } from '@tbi/cache';
import { forkNode, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { Redis } from 'ioredis';
import { createCommandCounter } from './command-counter.ts';
import { openCache } from './engine-cache.ts';
import { mean, median, percentile, printTable } from './table.ts';

const ROUNDS = 7;
/** Of ratios, which differ more than times. */
const RATIO_ROUNDS = 21;
const rows: string[][] = [];
const row = (what: string, figure: string, aim = '') => rows.push([what, figure, aim]);
const payload = (bytes: number) => Buffer.alloc(bytes, 'x');

async function perCallUs(calls: number, run: (i: number) => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  for (let i = 0; i < calls; i += 1) await run(i);
  return ((performance.now() - startedMs) * 1000) / calls;
}

const store = (cache: Cache, key: string, bytes: number, tags: string[] = ['t1', 't2', 't3']) =>
  cache.set('bench', key, payload(bytes), { stamp: cache.stamp(), tags, freshForMs: 3_600_000 });

async function benchL1({ port }: RedisServer) {
  const { cache, close } = await openCache(port);
  for (const bytes of [2_000, 100_000]) {
    await store(cache, `l1-${bytes}`, bytes);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await perCallUs(20_000, () => cache.get('bench', `l1-${bytes}`)));
    }
    row(`L1 hit, ${bytes / 1000} KB, 3 tags`, `${Math.round(median(rounds) * 1000)} ns`);
  }
  await close();
}

/** Hits per second with so many callers at once, against raw GETs of the same bytes, in turns. */
async function benchL2({ port }: RedisServer) {
  const { cache, close } = await openCache(port, { l1MaxBytes: 0 });
  const raw = new Redis({ port, host: '127.0.0.1' });
  for (const bytes of [2_000, 100_000]) {
    await store(cache, `l2-${bytes}`, bytes);
    await raw.set(`raw-${bytes}`, payload(bytes + 100));
    for (const callers of [1, 32]) {
      const ratios: number[] = [];
      for (let round = 0; round < RATIO_ROUNDS; round += 1) {
        const calls = bytes > 50_000 ? 1_500 : 6_000;
        const own = await perSecond(calls, callers, () => cache.get('bench', `l2-${bytes}`));
        const theirs = await perSecond(calls, callers, () => raw.getBuffer(`raw-${bytes}`));
        ratios.push(own / theirs);
      }
      row(
        `L2 hits/s ÷ raw ioredis GET/s, ${bytes / 1000} KB, ${callers} at once`,
        median(ratios).toFixed(2),
        '≥ 0.8',
      );
    }
  }
  raw.disconnect();
  await close();
}

async function perSecond(calls: number, callers: number, run: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: callers }, () => perCallUs(Math.ceil(calls / callers), run)));
  return (calls * 1000) / (performance.now() - startedMs);
}

/** Counted, not timed. A round trip is all that is sent before the first of it is answered. */
async function benchCommands({ port }: RedisServer) {
  const counter = createCommandCounter();
  const { cache, close } = await openCache(port, {}, counter.watch);
  const reader = await openCache(port, { l1MaxBytes: 0 }, counter.watch);
  const codec = { encode: (text: string) => Buffer.from(text), decode: String };
  const compute = () => cache.getOrSet('bench', 'counted-miss', async () => 'x', { codec });
  const lease = await cache.beginWrite(['counted']);
  await store(cache, 'counted', 2_000);
  const operations: Record<string, () => Promise<unknown>> = {
    'L1 hit': () => cache.get('bench', 'counted'),
    'L2 hit': () => reader.cache.get('bench', 'counted'),
    '10 L2 hits at once': () =>
      Promise.all(Array.from({ length: 10 }, () => reader.cache.get('bench', 'counted'))),
    'miss, computed and stored': compute,
    set: () => store(cache, 'counted-set', 2_000),
    'invalidate one tag': () => cache.invalidate(['t']),
    'invalidate 100 tags': () => cache.invalidate(Array.from({ length: 100 }, (_, i) => `t${i}`)),
    beginWrite: () => cache.beginWrite(['counted-write']),
    commit: () => lease.commit(),
  };
  for (const [name, run] of Object.entries(operations)) {
    const { commands, roundTrips } = await counter.during(run);
    row(`commands and round trips: ${name}`, `${commands} in ${roundTrips}`);
  }
  await Promise.all([close(), reader.close()]);
}

async function benchInvalidate({ port }: RedisServer) {
  const { cache, close } = await openCache(port);
  let cached = 0;
  for (const entries of [1_000, 100_000]) {
    for (; cached < entries; cached += 200) {
      await Promise.all(Array.from({ length: 200 }, (_, i) => store(cache, `inv-${cached + i}`, 50, ['t'])));
    }
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push(await perCallUs(200, () => cache.invalidate(['t'])));
    }
    row(
      `invalidate one tag, ${entries.toLocaleString('en')} entries cached`,
      `${Math.round(median(rounds))} µs`,
      'the same',
    );
  }
  await close();
}

async function benchPropagation({ port }: RedisServer) {
  const other = await forkNode(new URL('./engine-follower.ts', import.meta.url), { args: [String(port)] });
  const { cache, close } = await openCache(port);
  const lags: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const sentMs = performance.timeOrigin + performance.now();
    await cache.invalidate(['t']);
    await sleep(5);
    const appliedMs = await other.call<number>('appliedAtMs');
    if (appliedMs > sentMs) lags.push(appliedMs - sentMs);
  }
  row('invalidation until another process applied it, p50', `${percentile(lags, 50).toFixed(2)} ms`);
  row('the same, p99', `${percentile(lags, 99).toFixed(2)} ms`, '≤ 5 ms');
  await close();
  await other.kill();
}

/** Over many sizes, because the allocator rounds each key up to its own steps. */
async function benchMemory(server: RedisServer) {
  const { cache, close } = await openCache(server.port);
  const beyondPayload: { entry: number[]; plain: number[] } = { entry: [], plain: [] };
  for (let bytes = 1_000; bytes < 9_000; bytes += 97) {
    const key = `memory-${bytes}`;
    await store(cache, key, bytes, ['report:1234', 'reports']);
    await server.command('SET', `bench:plain:${key}`, 'x'.repeat(bytes), 'PX', '3600000');
    const usage = async (name: string) => Number(await server.command('MEMORY', 'USAGE', name)) - bytes;
    beyondPayload.entry.push(await usage(`bench:e:bench:${key}`));
    beyondPayload.plain.push(await usage(`bench:plain:${key}`));
  }
  const entry = mean(beyondPayload.entry);
  const plain = mean(beyondPayload.plain);
  row('bytes in Redis beside the payload of a plain SET, mean of sizes', `${Math.round(plain)}`);
  row('bytes of an entry beside its payload, 2 tags, mean of sizes', `${Math.round(entry)}`);
  row('of these, more than the plain SET', `${Math.round(entry - plain)}`, '≤ 200');
  const before = heapMb();
  for (let i = 0; i < 100; i += 1) {
    await cache.invalidate(Array.from({ length: 1_000 }, (_, j) => `state:${i}:${j}`));
  }
  row('memory of 100,000 tag states in a process', `${(heapMb() - before).toFixed(1)} MB`);
  await close();
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_000_000;
}

async function benchWrites({ port }: RedisServer) {
  const { cache, close } = await openCache(port);
  const raw = new Redis({ port, host: '127.0.0.1' });
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const lease = await perCallUs(200, async () => (await cache.beginWrite(['t', 'u'])).commit());
    const ping = await perCallUs(200, () => raw.ping());
    rounds.push(lease / ping);
  }
  row('beginWrite and commit, in round trips of raw ioredis', median(rounds).toFixed(1));
  raw.disconnect();
  await close();
}

const server = await startRedis({ config: { maxmemory: '0' } });
try {
  await benchL1(server);
  await benchL2(server);
  await benchCommands(server);
  await benchInvalidate(server);
  await benchPropagation(server);
  await benchMemory(server);
  await benchWrites(server);
} finally {
  await server.stop();
}
printTable(['engine', 'median', 'aim'], rows);
