import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisServer, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cache, CacheEvent } from '../src/index.ts';
import { json, latch, settle } from './contract.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
let spoolFolder: string;
const caches = createCaches(() => server);

beforeEach(async () => {
  server = await startRedis();
  spoolFolder = await mkdtemp(join(tmpdir(), 'tbi-spool-'));
});
afterEach(async () => {
  await server.kill('SIGCONT').catch(() => {});
  await caches.closeAll();
  await server.stop();
  await rm(spoolFolder, { recursive: true, force: true });
});

const eventually = (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 10_000, interval: 20 });
const put = (cache: Cache, key: string, text: string, tags: string[] = []) =>
  cache.set('page', key, Buffer.from(text), { stamp: cache.stamp(), tags, freshForMs: 60_000 });

async function look(cache: Cache, key: string) {
  const { entry, reason } = await cache.get('page', key);
  return [entry?.payload.toString() ?? null, reason];
}

/** The signal is sent; a moment later the server has stopped. */
async function hang() {
  await server.kill('SIGSTOP');
  await settle(100);
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const startedMs = performance.now();
  const result = await run();
  return [result, performance.now() - startedMs];
}

describe('an outage of Redis', () => {
  it('from the beginning on gives nobody what was begun before an invalidation that he comes after', async () => {
    const cache = caches.openUnready();
    caches.cutOff(cache);
    const held = latch();
    let source = 'old';
    const options = { codec: json, tags: ['t'] };
    const slow = async () => {
      const seen = source;
      await held.opened;
      return seen;
    };
    const before = cache.getOrSet('api', 'k', slow, options);
    await settle(50);
    source = 'new';
    expect((await cache.invalidate(['t'])).pending).toBe(true);
    const after = cache.getOrSet('api', 'k', slow, options);
    await settle(50);
    held.open();
    expect([(await before).value, (await after).value]).toEqual(['old', 'new']);
  });

  it('counts an invalidation as pending until it is known in which server’s log it is', async () => {
    const cache = await caches.open();
    caches.pauseLog(cache);
    await server.restart({ keepData: true });
    const found = await vi.waitFor(
      async () => {
        const sent = await cache.invalidate(['t']);
        expect(await server.command('EXISTS', caches.keys().log)).toBe(1);
        return sent;
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(found).toEqual({ position: null, pending: true });
    caches.restore(cache);
    await eventually(() => expect(cache.stats().pendingInvalidations).toBe(0));
    expect((await cache.invalidate(['t'])).pending).toBe(false);
  });

  it('never makes a read or a computation fail, nor wait for more than about a deadline', async () => {
    const cache = await caches.open();
    await put(cache, 'k', 'v');
    await hang();
    await settle(1_100);
    for (let i = 0; i < 10; i += 1) {
      const [, tookMs] = await timed(() => look(cache, `other-${i}`));
      expect(tookMs).toBeLessThan(1_500);
    }
    const [resolved, tookMs] = await timed(() =>
      cache.getOrSet('api', 'k', async () => 'computed', { codec: json }),
    );
    expect(resolved.value).toBe('computed');
    expect(tookMs).toBeLessThan(2_500);
  });

  it('after a second, nothing in memory is served on the word of a reader that is cut off', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'v', ['t']);
    await look(b, 'k');
    caches.cutOff(b);
    await a.invalidate(['t']);
    await settle(1_300);
    expect((await look(b, 'k'))[0]).toBeNull();
    caches.restore(b);
    await eventually(async () => expect((await look(b, 'k'))[1]).toBe('expired-tag'));
  });

  it('an invalidation that Redis cannot take holds here at once and is recorded later', async () => {
    const [a, b] = await caches.openTwo();
    await put(a, 'k', 'old', ['t']);
    await look(b, 'k');
    await hang();
    expect(await a.invalidate(['t'])).toEqual({ position: null, pending: true });
    expect((await look(a, 'k'))[0]).toBeNull();
    expect(await put(a, 'k', 'old', ['t'])).toEqual({ stored: false, reason: 'expired-tag' });
    await expect(a.invalidate(['u'], { require: true })).rejects.toMatchObject({
      code: 'ERR_CACHE_NOT_RECORDED',
    });
    await server.kill('SIGCONT');
    await eventually(() => expect(a.stats().pendingInvalidations).toBe(0));
    await eventually(async () => expect((await look(b, 'k'))[0]).toBeNull());
    await put(a, 'k', 'new', ['t']);
    await eventually(async () => expect((await look(b, 'k'))[0]).toBe('new'));
  });

  it('a write during it is not forgotten when the process restarts before Redis resumes', async () => {
    const first = await caches.open({}, { spoolFolder });
    await put(first, 'k', 'old', ['t']);
    await hang();
    const lease = await first.beginWrite(['t']);
    await lease.commit();
    await caches.close(first);
    expect(await readdir(spoolFolder)).toHaveLength(1);

    const second = caches.openUnready({}, { spoolFolder });
    second.stamp();
    await server.kill('SIGCONT');
    const seen: unknown[] = [];
    await eventually(async () => {
      seen.push((await look(second, 'k'))[0]);
      expect(second.stats().pendingInvalidations).toBe(0);
      expect(second.stats().synced).toBe(true);
    });
    expect((await look(second, 'k'))[1]).toBe('expired-tag');
    expect(seen).not.toContain('old');
    await eventually(async () => expect(await readdir(spoolFolder)).toHaveLength(0));
  });

  it('leaves nothing fresh when what somebody wrote down cannot be read', async () => {
    const first = await caches.open();
    await put(first, 'k', 'old', ['t']);
    await mkdir(join(spoolFolder, 'of-another.invalidations'));
    const second = await caches.open({}, { spoolFolder });
    await eventually(async () => expect((await look(second, 'k'))[1]).toBe('epoch'));
    await eventually(async () => expect((await look(first, 'k'))[1]).toBe('epoch'));
    await put(second, 'k', 'new', ['t']);
    await settle(2_500);
    expect(await look(second, 'k')).toEqual(['new', 'fresh']);
  });

  it('a write that ends while its lease is being renewed in vain does not keep its tags for ever', async () => {
    const cache = await caches.open({}, { writeLeaseMs: 900, spoolFolder });
    const tags = Array.from({ length: 14 }, (_, i) => `t${i}`);
    const leases = await Promise.all(tags.map((tag) => cache.beginWrite([tag])));
    await hang();
    await Promise.all(
      leases.map(async (lease, i) => {
        await settle(i * 100);
        if (i % 3 === 0) lease.abandon();
        else if (i % 3 === 1) await lease.abort();
        else await lease.commit();
      }),
    );
    await settle(1_200);
    await server.kill('SIGCONT');
    for (const tag of tags) {
      await eventually(async () => {
        await put(cache, tag, 'new', [tag]);
        expect(await look(cache, tag)).toEqual(['new', 'fresh']);
      });
    }
    await eventually(async () => expect(await readdir(spoolFolder)).toHaveLength(0));
  });

  it('a writer that dies between commit and invalidation leaves nothing old behind', async () => {
    const [writer, reader] = await caches.openTwo({}, { writeLeaseMs: 600 });
    await put(reader, 'k', 'old', ['t']);
    await writer.beginWrite(['t']);
    // As when it is killed: it says nothing any more.
    caches.cutOff(writer);
    await eventually(async () => expect((await look(reader, 'k'))[1]).toBe('being-written'));
    expect(await put(reader, 'k', 'old', ['t'])).toEqual({ stored: false, reason: 'being-written' });
    const during = reader.stamp();
    await eventually(async () => expect((await look(reader, 'k'))[1]).toBe('expired-tag'));
    const late = await reader.set('page', 'k', Buffer.from('old'), { stamp: during, tags: ['t'] });
    expect(late).toEqual({ stored: false, reason: 'expired-tag' });
  });

  it('more invalidations than can be kept become a new epoch', async () => {
    const [a, b] = await caches.openTwo({}, { maxPendingTags: 10 });
    await put(a, 'k', 'old', ['t']);
    await look(b, 'k');
    await hang();
    await Promise.all(Array.from({ length: 30 }, (_, i) => a.invalidate([`t${i}`])));
    expect((await look(a, 'k'))[0]).toBeNull();
    expect(a.stats().pendingInvalidations).toBeLessThanOrEqual(10);
    await server.kill('SIGCONT');
    await eventually(async () => expect((await look(b, 'k'))[0]).toBeNull());
    await eventually(() => expect(b.stats().epoch).toBe(a.stats().epoch));
  });

  it('is reported by events with codes, once, not with every turn of the reader', async () => {
    const cache = await caches.open();
    await settle(600);
    const events: CacheEvent[] = [];
    cache.events.subscribe((event) => events.push(event));
    await server.kill('SIGKILL');
    await settle(1_500);
    const errors = events.filter((event) => event.type === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(5);
    for (const error of errors) expect(error.code).toMatch(/^ERR_REDIS_/);
  });

  it('ends without a restart: a Redis that comes back empty is used again', async () => {
    const cache = await caches.open();
    await put(cache, 'k', 'v');
    await server.kill('SIGKILL');
    await settle(300);
    await server.restart();
    await eventually(async () => {
      await put(cache, 'k', 'again');
      expect(await look(cache, 'k')).toEqual(['again', 'fresh']);
      expect(cache.stats().synced).toBe(true);
    });
  });
});
