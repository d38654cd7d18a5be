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
  });

  describe('a pattern of paths', () => {
    it.each(['en', '//host/x', '/a/*/b', '/a*', '/**', '/a?x=*', '/a?x/*', ''])('is not %j', (pattern) => {
      expect(() => tagOfPattern(pattern)).toThrow(TypeError);
    });
  });
}
