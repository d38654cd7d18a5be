import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cache } from '../src/index.ts';
import { json } from './contract.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const caches = createCaches(() => server);
afterEach(() => caches.closeAll());

/** Enough for a process to have learnt that hardly anything is found. */
const MISSES = 20;

async function missOften(...all: Cache[]) {
  for (const [number, cache] of all.entries()) {
    for (let i = 0; i < MISSES; i += 1) {
      await cache.getOrSet('page', `absent-${number}-${i}`, async () => 'x', { codec: json });
    }
  }
}

describe('where hardly anything is found, the turn to compute is asked for together with the value', () => {
  it('which costs one trip before the computation instead of two', async () => {
    const cache = await caches.open();
    const miss = (key: string) =>
      caches.commandsOf(cache, () => cache.getOrSet('page', key, async () => 'x', { codec: json }));
    expect(await miss('first')).toEqual(['MGET', 'SET', 'MGET', 'SET', 'EVALSHA release']);
    await missOften(cache);
    expect(await miss('later')).toEqual(['SET', 'MGET', 'SET', 'EVALSHA release']);
  });

  it('and is given up when another process has stored the value', async () => {
    const [a, b] = await caches.openTwo();
    await missOften(a);
    await b.getOrSet('page', 'k', async () => 'of b', { codec: json });
    const read = async () => {
      const { value, tier } = await a.getOrSet('page', 'k', async () => 'of a', { codec: json });
      expect([value, tier]).toEqual(['of b', 'l2']);
    };
    expect(await caches.commandsOf(a, read)).toEqual(['SET', 'MGET', 'EVALSHA release']);
  });

  it('and is one for all callers of all processes, of which none waits in vain', async () => {
    const all = await caches.openTwo();
    await missOften(...all);
    let computed = 0;
    for (let round = 0; round < 20; round += 1) {
      const callers = Array.from({ length: 20 }, (_, i) => all[i % 2] ?? all[0]);
      const compute = async () => {
        computed += 1;
        return computed;
      };
      const found = await Promise.all(
        callers.map((cache) => cache.getOrSet('page', `cold-${round}`, compute, { codec: json })),
      );
      expect(found.map(({ value }) => value)).toEqual(callers.map(() => round + 1));
    }
  });
});

describe('a value of which nothing was stored when it was looked up', () => {
  const stored = async (cache: Cache, key: string, text: string, stamp = cache.stamp()) =>
    expect(await cache.set('page', key, json.encode(text), { stamp })).toEqual({ stored: true });

  it('does not replace a later one that was stored meanwhile', async () => {
    const [a, b] = await caches.openTwo();
    const compute = async () => {
      await b.invalidate(['unrelated']);
      await stored(b, 'k', 'later');
      return 'earlier';
    };
    const write = () => a.getOrSet('page', 'k', compute, { codec: json });
    expect(await caches.commandsOf(a, write)).toContain('EVALSHA store');
    const [, other] = await caches.openTwo();
    const found = await other.get('page', 'k');
    expect(found.entry && json.decode(found.entry.payload)).toBe('later');
  });

  it('replaces an earlier one that was stored meanwhile', async () => {
    const [a, b] = await caches.openTwo();
    const before = b.stamp();
    await a.invalidate(['unrelated']);
    const compute = async () => {
      await stored(b, 'k', 'earlier', before);
      return 'later';
    };
    await a.getOrSet('page', 'k', compute, { codec: json });
    const [, other] = await caches.openTwo();
    const found = await other.get('page', 'k');
    expect(found.entry && json.decode(found.entry.payload)).toBe('later');
  });
});

describe('a value that is stored behind its callers’ backs', () => {
  const options = { codec: json, storeBehind: true };

  it('is in this process’s memory at once, and computed once for another process that asks right then', async () => {
    const [a, b] = await caches.openTwo();
    for (let i = 0; i < MISSES; i += 1) {
      const first = await a.getOrSet('page', `k${i}`, async () => 'of a', options);
      const [again, other] = await Promise.all([
        a.getOrSet('page', `k${i}`, async () => 'again', options),
        b.getOrSet('page', `k${i}`, async () => 'of b', options),
      ]);
      expect([first.tier, again.tier]).toEqual(['origin', 'l1']);
      expect([first, again, other].map(({ value }) => value)).toEqual(['of a', 'of a', 'of a']);
    }
  });

  it('is given although Redis does not take it', async () => {
    const cache = await caches.open();
    const compute = async () => {
      caches.cutOff(cache);
      return 'value';
    };
    expect((await cache.getOrSet('page', 'k', compute, options)).value).toBe('value');
  });
});

describe('a value that is computed right after an invalidation that nobody waits for', () => {
  it.each(['expire', 'lease'] as const)('is newer than it, and is kept (%s)', async (how) => {
    const cache = await caches.open();
    caches.slowAppends(cache, 5);
    const tags = ['t'];
    let computed = 0;
    const read = () => cache.getOrSet('page', 'k', async () => (computed += 1), { codec: json, tags });
    for (let round = 1; round <= MISSES; round += 1) {
      const lease = how === 'lease' ? await cache.beginWrite(tags) : null;
      const told = lease === null ? cache.invalidate(tags) : lease.commit();
      // In memory when it is asked for again: no other value was computed.
      expect([(await read()).value, (await read()).value, computed]).toEqual([round, round, round]);
      await told;
    }
  });
});
