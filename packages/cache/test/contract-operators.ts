import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cache, entryId, kindTag, pathTags, tagOfPattern } from '../src/index.ts';

/** What operators may do and see on every backend. */
export function describeOperators(name: string, makeCache: () => Promise<Cache>) {
  describe(`an operator of a cache on ${name}`, () => {
    let cache: Cache;
    beforeEach(async () => {
      cache = await makeCache();
    });
    afterEach(() => cache.close());

    const store = (kind: string, key: string, tags: string[] = [], stamp = cache.stamp()) =>
      cache.set(kind, key, Buffer.from(key), { stamp, tags, freshForMs: 60_000 });
    const reasonOf = async (kind: string, key: string) => (await cache.get(kind, key)).reason;

    it('ends all entries of one kind with one record, and none of another', async () => {
      const stamp = cache.stamp();
      await store('page', 'a');
      await store('api', 'a');
      await cache.invalidate([kindTag('page')]);
      expect(await reasonOf('page', 'a')).toBe('expired-tag');
      expect(await reasonOf('api', 'a')).toBe('fresh');
      await store('page', 'late', [], stamp);
      expect(await reasonOf('page', 'late')).toBe('expired-tag');
    });

    it('does not let a caller after that join a computation of that kind from before', async () => {
      let finish = (_text: string) => {};
      const slow = new Promise<string>((resolve) => {
        finish = resolve;
      });
      const codec = { encode: (text: string) => Buffer.from(text), decode: (bytes: Buffer) => String(bytes) };
      let began = () => {};
      const beginning = new Promise<void>((resolve) => {
        began = resolve;
      });
      const compute = () => {
        began();
        return slow;
      };
      const before = cache.getOrSet('page', 'k', compute, { codec });
      await beginning;
      await cache.invalidate([kindTag('page')]);
      const after = cache.getOrSet('page', 'k', async () => 'new', { codec });
      finish('old');
      expect([(await before).value, (await after).value]).toEqual(['old', 'new']);
    });

    it('sees an entry and why it may not be used, which counts as no lookup', async () => {
      await store('page', 'a', ['t']);
      const events: string[] = [];
      cache.events.subscribe(({ type }) => type !== 'applied' && events.push(type));
      const id = entryId('page', 'a');
      expect(await cache.inspector.entry(id)).toMatchObject({
        entry: { tags: ['t'] },
        verdict: { usable: true, reason: 'fresh' },
      });
      await cache.invalidate([kindTag('page')]);
      expect((await cache.inspector.entry(id))?.verdict.reason).toBe('expired-tag');
      expect(await cache.inspector.entry(entryId('page', 'absent'))).toBeNull();
      expect(events).toEqual(['invalidate']);
      expect([...cache.inspector.tagStates()].map(([tag]) => tag)).toContain(kindTag('page'));
      expect([...cache.inspector.local()].map(([local]) => local)).toContain(id);
    });

    it('ends what is below a path with one tag, and nothing beside it', async () => {
      await store('page', 'in', [...pathTags('/en/reports/a%2Db')]);
      await store('page', 'beside', [...pathTags('/en/reports-archive')]);
      await cache.invalidate([tagOfPattern('/en/reports/*')]);
      expect(await reasonOf('page', 'in')).toBe('expired-tag');
      expect(await reasonOf('page', 'beside')).toBe('fresh');
    });

    it.each([
      ['/café/*', '/café/menu'],
      ['/caf%c3%a9/*', '/café/menu'],
      ['/a b/*', '/a b/x'],
      ['/a%20b/*', '/a b/x'],
      ['/100%/*', '/100%25/x'],
      ['/{"a"}^|[b]@/*', '/{"a"}^|[b]@/x'],
    ])('ends what is below %s, whether the path of %s is escaped or not', async (pattern, path) => {
      await store('page', 'in', [...pathTags(path)]);
      await store('page', 'escaped', [...pathTags(new URL(path, 'http://localhost').pathname)]);
      await cache.invalidate([tagOfPattern(pattern)]);
      expect(await reasonOf('page', 'in')).toBe('expired-tag');
      expect(await reasonOf('page', 'escaped')).toBe('expired-tag');
    });

    it('means one tag by what is not ASCII and by what Next makes of it, wherever it comes from', async () => {
      const [plain, encoded] = ['menü 日🙂', 'men%C3%BC %E6%97%A5%F0%9F%99%82'];
      const codec = { encode: (text: string) => Buffer.from(text), decode: (bytes: Buffer) => String(bytes) };
      for (const [carried, invalidated] of [
        [plain, encoded],
        [encoded, plain],
        [plain, plain],
      ] as const) {
        await store('page', 'tagged', [carried]);
        await store('page', 'soft');
        const compute = async () => {
          cache.dependOn([carried]);
          return 'x';
        };
        await cache.getOrSet('api', 'computed', compute, { codec });
        await cache.invalidate([invalidated]);
        expect(await reasonOf('page', 'tagged')).toBe('expired-tag');
        const soft = await cache.get('page', 'soft', { softTags: [carried] });
        expect(soft.reason).toBe('expired-tag');
        expect(await reasonOf('api', 'computed')).toBe('expired-tag');
      }
    });

    it('shows and announces a tag in the form that it is recorded in', async () => {
      const told: string[][] = [];
      cache.events.subscribe((event) => event.type === 'invalidate' && told.push([...event.tags]));
      await store('page', 'a', ['menü', 'men%C3%BC', 'plain tag']);
      const inspected = await cache.inspector.entry(entryId('page', 'a'));
      expect(inspected?.entry.tags).toEqual(['men%C3%BC', 'plain tag']);
      await cache.invalidate(['menü']);
      expect(told).toEqual([['men%C3%BC']]);
      expect([...cache.inspector.tagStates()].map(([tag]) => tag)).toContain('men%C3%BC');
    });

    it('keeps what is being written out of the cache under either name', async () => {
      const lease = await cache.beginWrite(['menü']);
      await store('page', 'a', ['men%C3%BC']);
      expect((await cache.get('page', 'a')).entry).toBeNull();
      await lease.abort();
      await store('page', 'a', ['men%C3%BC']);
      expect(await reasonOf('page', 'a')).toBe('fresh');
    });
  });

  describe('a pattern of paths', () => {
    it.each(['en', '//host/x', '/a/*/b', '/a*', '/**', '/a?x=*', '/a?x/*', ''])('is not %j', (pattern) => {
      expect(() => tagOfPattern(pattern)).toThrow(TypeError);
    });
  });
}
