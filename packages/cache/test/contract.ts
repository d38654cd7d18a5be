import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache, CacheEvent, Codec } from '../src/index.ts';

export const json: Codec<unknown> = {
  encode: (value) => Buffer.from(JSON.stringify(value)),
  decode: (payload) => JSON.parse(payload.toString()),
};

export const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A promise with its handles, to hold a computation where a test wants it. */
export function latch() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every backend must do. `makeCache` gives a cache that is ready, alone under its prefix. */
export function describeCache(name: string, makeCache: () => Promise<Cache>) {
  describe(`a cache on ${name}`, () => {
    let cache: Cache;
    const events: CacheEvent[] = [];

    beforeEach(async () => {
      cache = await makeCache();
      events.length = 0;
      cache.events.subscribe((event) => events.push(event));
    });
    afterEach(() => cache.close());

    const store = async (key: string, text: string, tags: string[] = [], freshForMs = 60_000) =>
      cache.set('page', key, Buffer.from(text), { stamp: cache.stamp(), tags, freshForMs });
    const read = async (key: string) => {
      const { entry, reason } = await cache.get('page', key);
      return [entry?.payload.toString() ?? null, reason];
    };

    it('misses what was never stored, and gives back what was, byte for byte', async () => {
      expect(await read('a')).toEqual([null, 'absent']);
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      await cache.set('page', 'a', bytes, { stamp: cache.stamp() });
      const { entry } = await cache.get('page', 'a');
      expect(entry?.payload.equals(bytes)).toBe(true);
      expect(await read('b')).toEqual([null, 'absent']);
    });

    it('keeps kinds apart', async () => {
      await store('a', 'page');
      expect((await cache.get('fetch', 'a')).entry).toBeNull();
    });

    it('expires by tag, by soft tag, and not by another tag', async () => {
      await store('a', '1', ['x', 'y']);
      await cache.invalidate(['other']);
      expect(await read('a')).toEqual(['1', 'fresh']);
      await cache.invalidate(['soft']);
      expect((await cache.get('page', 'a', { softTags: ['soft'] })).reason).toBe('expired-tag');
      await cache.invalidate(['y']);
      expect(await read('a')).toEqual([null, 'expired-tag']);
      await store('a', '2', ['x', 'y']);
      expect(await read('a')).toEqual(['2', 'fresh']);
    });

    it('does not store a value that was overtaken by an invalidation while it was computed', async () => {
      const stamp = cache.stamp();
      await cache.invalidate(['x']);
      const result = await cache.set('page', 'a', Buffer.from('old'), { stamp, tags: ['x'] });
      expect(result).toEqual({ stored: false, reason: 'expired-tag' });
      expect(await read('a')).toEqual([null, 'absent']);
    });

    it('a value computed after an invalidation by the same process is fresh at once', async () => {
      await cache.invalidate(['x']);
      await store('a', 'new', ['x']);
      expect(await read('a')).toEqual(['new', 'fresh']);
    });

    it('a stale mark serves once more, its deadline ends that, an expiry before it is not hidden', async () => {
      await store('a', '1', ['x']);
      await cache.invalidate(['x'], { mode: 'stale', expireAfterMs: 150 });
      expect(await read('a')).toEqual(['1', 'stale-tag']);
      await settle(200);
      expect(await read('a')).toEqual([null, 'expired-tag']);
      await store('b', '1', ['z']);
      await cache.invalidate(['z']);
      await cache.invalidate(['z'], { mode: 'stale', expireAfterMs: 60_000 });
      expect(await read('b')).toEqual([null, 'expired-tag']);
    });

    it('is stale after its fresh time and gone after its keep time', async () => {
      const options = { stamp: cache.stamp(), freshForMs: 60, keepForMs: 240 };
      await cache.set('page', 'a', Buffer.from('1'), options);
      await settle(100);
      expect(await read('a')).toEqual(['1', 'stale-ttl']);
      await settle(200);
      expect((await read('a'))[0]).toBeNull();
    });

    it('stores only where nothing is, when asked', async () => {
      const seed = (text: string) =>
        cache.set('page', 'a', Buffer.from(text), { stamp: cache.stamp(), onlyIfAbsent: true });
      expect(await seed('1')).toEqual({ stored: true });
      expect(await seed('2')).toEqual({ stored: false, reason: 'present' });
      expect(await read('a')).toEqual(['1', 'fresh']);
    });

    it('an older value never replaces a newer one', async () => {
      const stamp = cache.stamp();
      await cache.invalidate(['unrelated']);
      await store('a', 'newer');
      await cache.set('page', 'a', Buffer.from('older'), { stamp });
      expect(await read('a')).toEqual(['newer', 'fresh']);
    });

    it('computes once for concurrent callers, and not again while fresh', async () => {
      let computed = 0;
      const held = latch();
      const compute = async () => {
        computed += 1;
        await held.opened;
        return { n: computed };
      };
      const callers = Array.from({ length: 20 }, () => cache.getOrSet('api', 'k', compute, { codec: json }));
      await settle(50);
      held.open();
      const values = await Promise.all(callers);
      expect(new Set(values.map(({ value }) => JSON.stringify(value)))).toEqual(new Set(['{"n":1}']));
      const again = await cache.getOrSet('api', 'k', compute, { codec: json });
      expect([again.tier, again.reason]).toEqual(['l1', 'fresh']);
      expect(computed).toBe(1);
      expect(events.filter(({ type }) => type === 'compute').length).toBe(20);
    });

    it('a cached null is not a miss', async () => {
      let computed = 0;
      const compute = async () => {
        computed += 1;
        return null;
      };
      await cache.getOrSet('api', 'k', compute, { codec: json });
      expect((await cache.getOrSet('api', 'k', compute, { codec: json })).value).toBeNull();
      expect(computed).toBe(1);
    });

    it('a caller that arrives after an invalidation does not get the overtaken computation', async () => {
      const held = latch();
      let source = 'old';
      const options = { codec: json, tags: ['x'] };
      const slow = async () => {
        const seen = source;
        await held.opened;
        return seen;
      };
      const first = cache.getOrSet('api', 'k', slow, options);
      await settle(30);
      source = 'new';
      await cache.invalidate(['x']);
      const second = cache.getOrSet('api', 'k', async () => source, options);
      await settle(30);
      held.open();
      expect((await first).value).toBe('old');
      expect((await second).value).toBe('new');
      expect((await cache.getOrSet('api', 'k', async () => 'computed again', options)).value).toBe('new');
    });

    it('does not cache a failure, and gives it to each caller once', async () => {
      let computed = 0;
      const failing = async () => {
        computed += 1;
        throw new Error('origin failed');
      };
      await expect(cache.getOrSet('api', 'k', failing, { codec: json })).rejects.toThrow('origin failed');
      expect(computed).toBe(1);
      expect((await cache.getOrSet('api', 'k', async () => 1, { codec: json })).value).toBe(1);
    });

    it('serves stale while one computation refreshes, and stale when that fails', async () => {
      const options = { codec: json, ttlMs: 50, staleWhileRevalidateMs: 10_000, jitter: 0 };
      await cache.getOrSet('api', 'swr', async () => 1, options);
      await settle(80);
      const stale = await cache.getOrSet('api', 'swr', async () => 2, options);
      expect([stale.value, stale.stale, stale.reason]).toEqual([1, true, 'stale-ttl']);
      await settle(80);
      expect((await cache.getOrSet('api', 'swr', async () => 3, options)).value).toBe(2);

      const ifError = { codec: json, ttlMs: 50, staleIfErrorMs: 10_000, jitter: 0 };
      await cache.getOrSet('api', 'sie', async () => 1, ifError);
      await settle(80);
      const failing = async () => {
        throw new Error('origin failed');
      };
      expect((await cache.getOrSet('api', 'sie', failing, ifError)).value).toBe(1);
    });

    it('keeps its memory within bounds under a flood of keys and tags', async () => {
      const { maxBytes } = cache.stats().l1;
      const payload = Buffer.alloc(20_000);
      for (let i = 0; i < 200; i += 1) {
        await cache.set('page', `flood-${i}`, payload, { stamp: cache.stamp() });
        await cache.invalidate([`tag-${i}`]);
      }
      expect(cache.stats().l1.bytes).toBeLessThanOrEqual(maxBytes);
      expect(cache.stats().tagStates).toBeLessThanOrEqual(100);
    });

    it('refuses an entry that is too large, and says so', async () => {
      const result = await cache.set('page', 'a', Buffer.alloc(2_000_000), { stamp: cache.stamp() });
      expect(result).toEqual({ stored: false, reason: 'too-large' });
      expect(events).toContainEqual(expect.objectContaining({ type: 'store', outcome: 'too-large' }));
    });

    it('lets in what those wait for who have all the places', async () => {
      const held = latch();
      const shared = () => cache.getOrSet('query', 'shared', async () => 1, { codec: json });
      const page = (key: string) =>
        cache.getOrSet(
          'page',
          key,
          async () => {
            await held.opened;
            return (await shared()).value;
          },
          { codec: json },
        );
      const pages = Array.from({ length: MAX_COMPUTATIONS }, (_, i) => page(`p${i}`));
      await settle(50);
      // Nobody's part: it waits for a place, and those who have one are about to wait for it.
      const outside = shared();
      await settle(50);
      held.open();
      const all = await Promise.all([...pages, outside]);
      expect(all.map(({ value }) => value)).toEqual(Array(MAX_COMPUTATIONS + 1).fill(1));
      expect((await page('another')).value).toBe(1);
    });

    it('takes half a character in a tag for the one that Redis makes of it', async () => {
      const half = `q:${'🙂'.slice(0, 1)}`;
      await store('a', '1', [half]);
      expect(await read('a')).toEqual(['1', 'fresh']);
      await cache.invalidate([half]);
      expect(await read('a')).toEqual([null, 'expired-tag']);
      await store('b', '1', ['q:\uFFFD']);
      await cache.invalidate([half]);
      expect(await read('b')).toEqual([null, 'expired-tag']);
      expect((await cache.get('page', 'c', { softTags: [half] })).reason).toBe('absent');
    });
  });
}

/** Small bounds, so that the contract reaches them. */
export const MAX_COMPUTATIONS = 4;
export const SMALL = { l1MaxBytes: 1_000_000, maxEntryBytes: 1_000_000, maxComputations: MAX_COMPUTATIONS };
export const MAX_TAG_STATES = 100;
