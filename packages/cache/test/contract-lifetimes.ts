import { AsyncLocalStorage } from 'node:async_hooks';
import { poll } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cache, GetOrSetOptions, Lifetime } from '../src/index.ts';
import { json, latch, settle } from './contract.ts';

/** What values that decide their own lifetime must do on every backend. */
export function describeLifetimes(name: string, makeCache: () => Promise<Cache>) {
  describe(`lifetimes read off the value by a cache on ${name}`, () => {
    let cache: Cache;
    beforeEach(async () => {
      cache = await makeCache();
    });
    afterEach(() => cache.close());

    const options: GetOrSetOptions<unknown> = { codec: json, jitter: 0 };
    const forAll = (lifetime: Lifetime) => ({ ...options, lifetime: () => lifetime });
    const own = { ...options, lifetime: () => null };

    it('a value with no lifetime is not stored, and belongs to the caller that computed it', async () => {
      const held = latch();
      let running = 0;
      const callers = Array.from({ length: 5 }, (_, caller) =>
        cache.getOrSet(
          'api',
          'k',
          async () => {
            running += 1;
            await held.opened;
            return caller;
          },
          own,
        ),
      );
      await settle(50);
      expect(running).toBe(1);
      held.open();
      expect((await Promise.all(callers)).map(({ value }) => value)).toEqual([0, 1, 2, 3, 4]);
      expect((await cache.get('api', 'k')).reason).toBe('absent');
    });

    it('those who waited for such a value compute at the same time, not one after the other', async () => {
      const first = latch();
      const rest = latch();
      let running = 0;
      const call = (until: Promise<void>) =>
        cache.getOrSet(
          'api',
          'k',
          async () => {
            running += 1;
            await until;
          },
          own,
        );
      const leader = call(first.opened);
      const others = Array.from({ length: 8 }, () => call(rest.opened));
      await poll(async () => running === 1, { what: 'the first computation to run' });
      first.open();
      await poll(async () => running === 9, { what: 'all others to run at once' });
      rest.open();
      await Promise.all([leader, ...others]);
    });

    it('an outer value that used such a value is not stored', async () => {
      const outer = async () => (await cache.getOrSet('query', 'q', async () => 1, own)).value;
      const resolved = await cache.getOrSet('api', 'o', outer, options);
      expect(resolved).toMatchObject({ value: 1, entry: null });
      expect((await cache.get('api', 'o')).reason).toBe('absent');
    });

    it('the stored value says how long it may be served stale, not the caller that finds it', async () => {
      const lifetime = (value: unknown): Lifetime =>
        value === 'long' ? { ttlMs: 40, staleWhileRevalidateMs: 60_000 } : { ttlMs: 40 };
      const call = (key: string, value: string) =>
        cache.getOrSet('api', key, async () => value, { ...options, lifetime });
      await call('a', 'long');
      await call('b', 'short');
      await settle(60);
      expect(await call('a', 'short')).toMatchObject({ value: 'long', stale: true });
      expect(await call('b', 'long')).toMatchObject({ value: 'long', tier: 'origin' });
    });

    it('a computation gets the outdated value, which is kept for that and not served', async () => {
      const seen: unknown[] = [];
      const call = (value: number) =>
        cache.getOrSet(
          'api',
          'k',
          async (previous) => {
            seen.push(previous);
            return value;
          },
          forAll({ ttlMs: 0, keepPreviousMs: 60_000 }),
        );
      expect((await call(1)).value).toBe(1);
      expect((await call(2)).value).toBe(2);
      expect(seen).toEqual([null, 1]);
    });

    it('a value that must be revalidated is not served once more when its tag is marked stale', async () => {
      const call = (value: number) =>
        cache.getOrSet('api', 'k', async () => value, {
          ...forAll({ ttlMs: 60_000, mustRevalidate: true }),
          tags: ['t'],
        });
      await call(1);
      await cache.invalidate(['t'], { mode: 'stale', expireAfterMs: 60_000 });
      expect(await call(2)).toMatchObject({ value: 2, stale: false });
    });

    it('a detached computation sees nothing of the caller’s async context, and still its own parts', async () => {
      const request = new AsyncLocalStorage<string>();
      const compute = async () => {
        await cache.getOrSet('query', 'q', async () => 1, { ...options, tags: ['part'] });
        return request.getStore() ?? 'nobody';
      };
      const call = (key: string, detached: boolean) =>
        request.run('alice', () => cache.getOrSet('api', key, compute, { ...options, detached }));
      expect((await call('a', false)).value).toBe('alice');
      const { value, entry } = await call('b', true);
      expect([value, entry?.tags]).toEqual(['nobody', ['part']]);
    });
  });
}
