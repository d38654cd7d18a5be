import { type Cache, createCache, redisBackend } from '@tbi/cache';
import { createRedis } from '@tbi/redis';
import { poll, settingsOf, sharedRedis, sleep } from '@tbi/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { USE_CACHE_KIND } from '../src/keys.ts';
import { createOneGeneration, type OneGeneration } from '../src/one-generation.ts';

interface Process {
  readonly engine: Cache;
  readonly generation: OneGeneration;
  /** Reads as the handler does. */
  read(): Promise<string | null>;
  store(text: string): Promise<void>;
  close(): Promise<void>;
}

let here: Process;
let there: Process;

beforeEach(async () => {
  const share = await sharedRedis();
  const open = async (): Promise<Process> => {
    const pool = createRedis(
      { ...settingsOf(share), commandTimeoutMs: 2_000 },
      { name: 'test', log: { info() {}, warn() {} } },
    );
    const engine = createCache({ backend: redisBackend({ connections: pool, keyPrefix: share.keyPrefix }) });
    await poll(() => engine.sync());
    const generation = createOneGeneration(engine);
    return {
      engine,
      generation,
      async read() {
        const lookup = await engine.get(USE_CACHE_KIND, 'k');
        const { entry } = lookup.entry === null ? await generation.instead('k', [], lookup) : lookup;
        return entry?.payload.toString() ?? null;
      },
      async store(text) {
        await engine.set(USE_CACHE_KIND, 'k', Buffer.from(text), { stamp: engine.stamp() });
        generation.end('k', true);
      },
      async close() {
        await engine.close();
        await pool.close();
      },
    };
  };
  [here, there] = await Promise.all([open(), open()]);
});
afterEach(() => Promise.all([here.close(), there.close()]));

/** How often a read asks the engine: once, unless it waits. */
async function lookupsOf({ engine, read }: Process): Promise<number> {
  let lookups = 0;
  const unsubscribe = engine.events.subscribe((event) => {
    if (event.type === 'lookup') lookups += 1;
  });
  expect(await read()).toBeNull();
  unsubscribe();
  return lookups;
}

test('who comes second waits for what the first one generates', async () => {
  expect(await here.read()).toBeNull();
  const waiting = there.read();
  await sleep(200);
  await here.store('once');
  expect(await waiting).toBe('once');
});

test('who has begun to generate does not wait for itself', async () => {
  expect(await here.read()).toBeNull();
  expect(await lookupsOf(here)).toBe(1);
});

test('a generation of which nothing is heard is waited for about a second, and not again', async () => {
  expect(await here.read()).toBeNull();
  expect(await lookupsOf(there)).toBeGreaterThan(5);
  // Its own claim has ended too.
  await sleep(1_100);
  expect(await lookupsOf(there)).toBe(1);
});

test('what could not be stored is not waited for again', async () => {
  expect(await here.read()).toBeNull();
  here.generation.end('k', false);
  expect(await there.read()).toBeNull();
  expect(await lookupsOf(here)).toBe(1);
});
