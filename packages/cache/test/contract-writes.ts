import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache } from '../src/index.ts';
import { json, latch, settle } from './contract.ts';

/** What write leases and computations inside computations must do on every backend. `leaseMs` is the cache's. */
export function describeWrites(name: string, leaseMs: number, makeCache: () => Promise<Cache>) {
  describe(`database writes around a cache on ${name}`, () => {
    let cache: Cache;
    beforeEach(async () => {
      cache = await makeCache();
    });
    afterEach(() => cache.close());

    const store = (key: string, text: string, tags: string[], stamp = cache.stamp()) =>
      cache.set('page', key, Buffer.from(text), { stamp, tags, freshForMs: 60_000 });
    const read = async (key: string) => {
      const { entry, reason } = await cache.get('page', key);
      return [entry?.payload.toString() ?? null, reason];
    };

    it('what is being written is neither served nor stored; after the commit only newer values are', async () => {
      await store('a', 'old', ['t']);
      const stamp = cache.stamp();
      const lease = await cache.beginWrite(['t']);
      expect(await read('a')).toEqual([null, 'being-written']);
      expect(await store('b', 'old', ['t'])).toEqual({ stored: false, reason: 'being-written' });
      const during = cache.stamp();
      await lease.commit();
      expect(await read('a')).toEqual([null, 'expired-tag']);
      for (const early of [stamp, during]) {
        expect(await store('b', 'old', ['t'], early)).toEqual({ stored: false, reason: 'expired-tag' });
      }
      await store('a', 'new', ['t']);
      expect(await read('a')).toEqual(['new', 'fresh']);
    });

    it('a rollback leaves what was cached as it was', async () => {
      await store('a', 'old', ['t']);
      const lease = await cache.beginWrite(['t']);
      await lease.abort();
      expect(await read('a')).toEqual(['old', 'fresh']);
    });

    it('of two writers of one tag, one’s commit does not lift the other’s mark', async () => {
      const [first, second] = [await cache.beginWrite(['t']), await cache.beginWrite(['t'])];
      await first.commit();
      expect(await store('a', 'v', ['t'])).toEqual({ stored: false, reason: 'being-written' });
      await second.commit();
      expect(await store('a', 'v', ['t'])).toEqual({ stored: true });
    });

    it('a write whose outcome is unknown counts as committed when its lease is over', async () => {
      await store('a', 'old', ['t']);
      const lease = await cache.beginWrite(['t']);
      const during = cache.stamp();
      lease.abandon();
      expect(await read('a')).toEqual([null, 'being-written']);
      await settle(leaseMs * 1.2);
      await expect.poll(() => read('a')).toEqual([null, 'expired-tag']);
      expect(await store('a', 'old', ['t'], during)).toEqual({ stored: false, reason: 'expired-tag' });
    });

    it('a lease renews itself for as long as the write takes', async () => {
      const lease = await cache.beginWrite(['t']);
      await settle(leaseMs * 2);
      expect(await lease.renew()).toBe(true);
      expect(await store('a', 'v', ['t'])).toEqual({ stored: false, reason: 'being-written' });
      await lease.commit();
    });

    it('more tags than fit one record are one write', async () => {
      const tags = Array.from({ length: 2_500 }, (_, i) => `t${i}`);
      const lease = await cache.beginWrite(tags);
      for (const tag of ['t0', 't1500', 't2499']) {
        expect(await store('a', 'v', [tag])).toEqual({ stored: false, reason: 'being-written' });
      }
      expect((await lease.commit()).pending).toBe(false);
      expect(await store('a', 'v', ['t2499'])).toEqual({ stored: true });
    });
  });

  describe(`computations inside computations on ${name}`, () => {
    let cache: Cache;
    beforeEach(async () => {
      cache = await makeCache();
    });
    afterEach(() => cache.close());

    const options = { codec: json, jitter: 0 };

    it('an outer entry ends with its parts: their tags and their shortest life', async () => {
      const inner = () =>
        cache.getOrSet('query', 'q', async () => 1, { ...options, tags: ['t'], ttlMs: 100 });
      const outer = () =>
        cache.getOrSet('api', 'o', async () => (await inner()).value, { ...options, ttlMs: 60_000 });
      await outer();
      expect((await outer()).reason).toBe('fresh');
      await cache.invalidate(['t']);
      expect((await outer()).reason).toBe('expired-tag');
      await settle(150);
      expect((await outer()).tier).toBe('origin');
    });

    it('an outer entry depends on what its computation read outside of the cache', async () => {
      cache.dependOn(['nobody computes']);
      const part = async () => {
        await settle(1);
        cache.dependOn(['row']);
        return 1;
      };
      const inner = () => cache.getOrSet('query', 'q', part, { ...options, tags: ['t'] });
      const outer = () => cache.getOrSet('api', 'o', async () => (await inner()).value, options);
      await outer();
      expect((await outer()).reason).toBe('fresh');
      await cache.invalidate(['row']);
      expect((await inner()).reason).toBe('expired-tag');
      expect((await outer()).reason).toBe('expired-tag');
    });

    it('a part that is stale is computed anew before the outer value is', async () => {
      let version = 1;
      const swr = { ...options, ttlMs: 50, staleWhileRevalidateMs: 10_000 };
      const inner = () => cache.getOrSet('query', 'q', async () => version, swr);
      await inner();
      await settle(80);
      version = 2;
      const outer = await cache.getOrSet('api', 'o', async () => (await inner()).value, options);
      expect(outer.value).toBe(2);
    });

    it('a value made from a part that could not be refreshed is not kept', async () => {
      const sie = { ...options, ttlMs: 50, staleIfErrorMs: 10_000 };
      await cache.getOrSet('query', 'q', async () => 'old', sie);
      await settle(80);
      const failing = async (): Promise<unknown> => {
        throw new Error('database away');
      };
      const inner = () => cache.getOrSet('query', 'q', failing, sie);
      const outer = () => cache.getOrSet('api', 'o', async () => (await inner()).value, options);
      expect((await outer()).value).toBe('old');
      expect((await outer()).reason).toBe('absent');
    });

    it('runs no more than its share at a time, and does not stop at nested ones', async () => {
      const held = latch();
      let running = 0;
      let most = 0;
      const compute = (i: number) => async () => {
        running += 1;
        most = Math.max(most, running);
        await held.opened;
        const part = await cache.getOrSet('query', `q${i}`, async () => i, options);
        running -= 1;
        return part.value;
      };
      const all = Array.from({ length: 12 }, (_, i) => cache.getOrSet('api', `o${i}`, compute(i), options));
      await settle(150);
      held.open();
      expect((await Promise.all(all)).map(({ value }) => value)).toEqual(all.map((_, i) => i));
      expect(most).toBe(4);
    });
  });
}

/** Options that the caches of this suite are made with. */
export const WRITES = { writeLeaseMs: 400, maxComputations: 4 };
