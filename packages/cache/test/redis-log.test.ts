import { type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseHead } from '../src/redis/replies.ts';
import { json, latch, settle } from './contract.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const caches = createCaches(() => server);
afterEach(() => caches.closeAll());

const eventually = (check: () => Promise<void> | void, timeout = 5_000) =>
  vi.waitFor(check, { timeout, interval: 10 });

const put = (
  cache: Awaited<ReturnType<typeof caches.open>>,
  key: string,
  text: string,
  tags: string[] = [],
) => cache.set('page', key, Buffer.from(text), { stamp: cache.stamp(), tags, freshForMs: 60_000 });

async function look(cache: Awaited<ReturnType<typeof caches.open>>, key: string) {
  const { entry, tier, reason } = await cache.get('page', key);
  return [entry?.payload.toString() ?? null, tier, reason];
}

describe('the invalidation log', () => {
  it('shares entries: stored by one, a hit in L2 and then in L1 of the other', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v');
    expect(await look(b, 'k')).toEqual(['v', 'l2', 'fresh']);
    expect(await look(b, 'k')).toEqual(['v', 'l1', 'fresh']);
  });

  it('makes a copy in the other’s memory unusable without any read of Redis by it', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v', ['t']);
    await look(b, 'k');
    await a.invalidate(['t']);
    await eventually(async () => expect(await look(b, 'k')).toEqual([null, 'origin', 'expired-tag']));
  });

  it('applies another’s unread record although an own one was appended after it', async () => {
    const [p, q] = await caches.openTwo();
    await put(q, 'k', 'v', ['t']);
    await look(q, 'k');
    caches.pauseLog(q);
    await p.invalidate(['t']);
    await q.invalidate(['u']);
    expect((await look(q, 'k'))[2]).toBe('expired-tag');
  });

  it('costs no command for a hit in L1, one for a hit in L2, one for an invalidation', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v', ['t']);
    const l2 = await caches.commandsOf(b, () => look(b, 'k'));
    expect(l2).toEqual(['MGET']);
    expect(await caches.commandsOf(b, () => look(b, 'k'))).toEqual([]);
    expect(await caches.commandsOf(a, () => a.invalidate(['t']))).toEqual(['EVALSHA append']);
  });

  it('reads the states anew when records were trimmed before they were read', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v', ['t']);
    await look(b, 'k');
    caches.pauseLog(b);
    await a.invalidate(['t']);
    await server.command('XTRIM', caches.keys().log, 'MAXLEN', '0');
    await a.invalidate(['u']);
    caches.restore(b);
    await eventually(async () => expect((await look(b, 'k'))[2]).toBe('expired-tag'));
  });

  it('drops everything when Redis is flushed, also a value whose computation began before', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v', ['t']);
    const stamp = b.stamp();
    await a.invalidate(['t']);
    await server.command('FLUSHALL');
    await eventually(async () => expect(a.stats().epoch).not.toBe(stamp.epoch));
    await eventually(async () => expect(b.stats().epoch).toBe(a.stats().epoch));
    expect(await b.set('page', 'k', Buffer.from('old'), { stamp, tags: ['t'] })).toEqual({
      stored: false,
      reason: 'epoch',
    });
    expect((await look(a, 'k'))[0]).toBeNull();
  });

  it('does not trust entries that survived the loss of the log', async () => {
    const a = await caches.open();
    await put(a, 'k', 'v', ['t']);
    await a.invalidate(['t']);
    const { meta, log, head } = caches.keys();
    await server.command('DEL', meta, log, head);
    const fresh = await caches.open();
    expect((await look(fresh, 'k'))[2]).toBe('epoch');
  });

  it('trusts nothing from before a restart from an older snapshot, and records lately made invalidations again', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'old', ['t']);
    await look(b, 'k');
    const snapshot = await server.saveSnapshot();
    await a.invalidate(['t']);
    await server.restart({ snapshot });
    await eventually(async () => expect(await b.sync()).toBe(true), 10_000);
    expect((await look(b, 'k'))[0]).toBeNull();
    const { entry } = await (await caches.open()).get('page', 'k');
    expect(entry).toBeNull();
    await eventually(async () => {
      const state = await server.command('HGET', caches.keys().meta, 't:t');
      expect(state).not.toBeNull();
    });
  });

  it('drops the older half of too many tag states and raises the floor for everybody', async () => {
    const [a, b] = await caches.openTwo({ maxTagStates: 20 });
    await put(a, 'k', 'v', ['t']);
    await look(b, 'k');
    for (let i = 0; i < 25; i += 1) {
      await a.invalidate([`x${i}`]);
      await settle(2);
    }
    await eventually(async () => expect((await look(b, 'k'))[2]).toBe('below-floor'));
    expect(a.stats().tagStates).toBeLessThanOrEqual(20);
    expect(b.stats().tagStates).toBeLessThanOrEqual(20);
    expect(Number(await server.command('HLEN', caches.keys().meta))).toBeLessThanOrEqual(23);
  });

  it('lets go of a copy in L1 that another process replaced while it was fresh', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', '1');
    await look(b, 'k');
    await a.invalidate(['unrelated']);
    await put(a, 'k', '2');
    await eventually(async () => expect((await look(b, 'k'))[0]).toBe('2'));
  });

  it('gives a claim to one process until it is released or its time is over', async () => {
    const [a, b] = await caches.openTwo();
    const first = await a.claim('page', 'k', 5_000);
    expect(first).not.toBeNull();
    expect(await b.claim('page', 'k', 5_000)).toBeNull();
    expect(await b.claim('other', 'k', 5_000)).not.toBeNull();
    first?.release();
    await eventually(async () => expect(await b.claim('page', 'k', 50)).not.toBeNull());
    await eventually(async () => expect(await a.claim('page', 'k', 50)).not.toBeNull());
  });

  it('computes once on two processes', async () => {
    const [a, b] = await caches.openTwo();
    const held = latch();
    let computed = 0;
    const compute = async () => {
      computed += 1;
      await held.opened;
      return computed;
    };
    const both = [a, b].flatMap((cache) =>
      Array.from({ length: 10 }, () => cache.getOrSet('api', 'k', compute, { codec: json })),
    );
    await settle(100);
    held.open();
    const values = await Promise.all(both);
    expect(values.map(({ value }) => value)).toEqual(Array(20).fill(1));
  });

  it('keeps one head: what a read fetches beside its entry is what the states were folded up to', async () => {
    const a = await caches.open();
    await a.invalidate(['t']);
    const head = parseHead(Buffer.from(String(await server.command('GET', caches.keys().head))));
    expect(head?.head).toBe(a.stats().position);
    expect(await server.command('HGET', caches.keys().meta, 'epoch')).toBe(head?.epochField);
  });

  it('stays in sync while another process appends without pause', async () => {
    const [a, b] = await caches.openTwo();
    for (let i = 0; i < 300; i += 1) await a.invalidate([`t${i % 7}`]);
    await eventually(async () => expect(b.stats().position).toBe(a.stats().position));
    expect(b.stats().synced).toBe(true);
  });

  it('finds all that is read in one turn, however much it is', async () => {
    const [a, b] = await caches.openTwo();
    const keys = Array.from({ length: 200 }, (_, i) => `k${i}`);
    await Promise.all(keys.map((key) => a.set('page', key, Buffer.from(key), { stamp: a.stamp() })));
    let found: readonly (string | undefined)[] = [];
    const commands = await caches.commandsOf(b, async () => {
      const lookups = await Promise.all(keys.map((key) => b.get('page', key)));
      found = lookups.map(({ entry }) => entry?.payload.toString());
    });
    expect(found).toEqual(keys);
    expect(commands).toEqual(Array(4).fill('MGET'));
  });

  it('means the same tag on every process when a text was cut in the middle of a character', async () => {
    const [a, b] = await caches.openTwo();
    const tags = [`q:${'🙂'.slice(0, 1)}`];
    await a.set('page', 'k', Buffer.from('old'), { stamp: a.stamp(), tags });
    await b.invalidate(tags);
    await eventually(async () => expect((await a.get('page', 'k')).reason).toBe('expired-tag'));
  });
});
