import { poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InvalidationRequest } from '../src/invalidation-request.ts';
import { type Opened, openProcess, store } from './support/site.ts';

let server: RedisServer;
let open: Opened[] = [];
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()));
  open = [];
  await server.command('FLUSHALL');
});

async function start() {
  const opened = await openProcess(server);
  open.push(opened);
  return opened;
}

const request: InvalidationRequest = { tags: [], paths: [], kinds: [], wait: false };

describe('operators of a cache on Redis', () => {
  it('see how many entries of each kind there are, and nothing of other prefixes', async () => {
    const { cache, operations } = await start();
    for (let i = 0; i < 450; i += 1) await store(cache, 'page', `b/${i}`);
    await store(cache, 'prisma', 'q', [], 5_000);
    await server.command('SET', 'other:e:page:x', '1');
    const { kinds, largest } = await operations.takeCensus();
    expect([kinds.page?.entries, kinds.prisma?.entries, kinds.fetch?.entries]).toEqual([450, 1, 0]);
    expect(largest[0]).toMatchObject({ id: 'prisma:q' });
    const log = String(await server.command('INFO', 'commandstats'));
    expect(log).not.toMatch(/cmdstat_keys:/);
  });

  it('share one count: another process reads it without counting', async () => {
    const first = await start();
    await store(first.cache, 'page', 'b/1');
    await first.operations.takeCensus();
    const second = await start();
    await server.command('CONFIG', 'RESETSTAT');
    const { entries, status } = await second.operations.health();
    expect([status, entries?.kinds.page?.entries]).toEqual(['healthy', 1]);
    expect(String(await server.command('INFO', 'commandstats'))).not.toMatch(/cmdstat_scan:/);
  });

  it('wait until every live process has applied an invalidation', async () => {
    const [one, other] = [await start(), await start()];
    await poll(async () => (await one.operations.processes.all()).length >= 1);
    await store(one.cache, 'page', 'b/en/x', ['t']);
    expect((await other.cache.get('page', 'b/en/x')).reason).toBe('fresh');
    const answer = await one.operations.invalidate({ ...request, tags: ['t'], wait: true }, 'token');
    expect(answer).toMatchObject({ pending: false, applied: { applied: true, waitingFor: [] } });
    expect((await other.cache.get('page', 'b/en/x')).reason).toBe('expired-tag');
  });

  it('are told of a process that does not keep up', async () => {
    const { cache, operations } = await start();
    const own = operations.processes.own();
    const stuck = { ...own, id: 'other:1', position: '1-0', atMs: cache.nowMs() + 60_000 };
    await server.command('HSET', 'test:{ops}:processes', 'other:1', JSON.stringify(stuck));
    const answer = await operations.invalidate({ ...request, tags: ['t'], wait: 200 }, 'token');
    expect(answer.applied).toMatchObject({ applied: false, waitingFor: ['other:1'] });
  });

  it('forget processes that are gone, and what is no report', async () => {
    const { cache, operations } = await start();
    const gone = { ...operations.processes.own(), id: 'gone:1', atMs: cache.nowMs() - 120_000 };
    await server.command('HSET', 'test:{ops}:processes', 'gone:1', JSON.stringify(gone), 'junk', '{"id":1}');
    expect((await operations.processes.all()).map(({ id }) => id)).not.toContain('gone:1');
    await poll(async () => {
      const left = (await server.command('HKEYS', 'test:{ops}:processes')) as string[];
      return !left.includes('gone:1') && !left.includes('junk');
    });
  });

  it('leave a trail that says who asked for what, and where it is in the log', async () => {
    const { operations, audited } = await start();
    const { position } = await operations.invalidate({ ...request, paths: ['/en/*'] }, 'user:7');
    const [entry] = await operations.audit.last(5);
    expect(entry).toMatchObject({ who: 'user:7', asked: { paths: ['/en/*'] }, position });
    expect(audited).toHaveLength(1);
    const [item] = await operations.feed.last(5);
    expect(item).toMatchObject({ who: 'user:7', position, tags: ['path:/en'] });
  });

  it('see what an invalidation reaches before they ask for it', async () => {
    const { cache, operations } = await start();
    // As Next 16 names it.
    await store(cache, 'page', `b/route-cache/APP_PAGE/${'0'.repeat(64)}/$/en/reports/a`, ['reports']);
    await store(cache, 'page', 'b/en/about');
    await store(cache, 'prisma', 'q', ['reports']);
    await store(cache, 'prisma', 'old', ['reports', 'gone']);
    await cache.invalidate(['gone']);
    const { inspection } = operations;
    expect(await inspection.reach({ ...request, tags: ['reports'] })).toMatchObject({
      entries: 2,
      kinds: { page: 1, prisma: 1 },
      complete: true,
    });
    expect(await inspection.reach({ ...request, paths: ['/en/reports/*'] })).toMatchObject({ entries: 1 });
    expect(await inspection.reach({ ...request, kinds: ['page'] })).toMatchObject({ entries: 2 });
  });

  it('find entries and see why one may not be used; values only of public kinds', async () => {
    const { cache, operations } = await start();
    await store(cache, 'page', 'b/en/reports/a', ['reports']);
    await store(cache, 'prisma', 'Report{"id":1}', ['db:Report']);
    const { entries } = await operations.inspection.find({ kind: 'prisma', text: 'Report' });
    expect(entries).toMatchObject([{ id: 'prisma:Report{"id":1}', usable: true, value: null }]);
    await cache.invalidate(['reports']);
    expect(await operations.inspection.entry('page:b/en/reports/a')).toMatchObject({
      usable: false,
      reason: 'expired-tag',
      value: 'xxxxxxxxxx',
      tags: ['reports'],
    });
    expect((await operations.inspection.entry('prisma:Report{"id":1}'))?.value).toBeNull();
    expect((await operations.inspection.find({ tag: 'db:Report' })).entries).toHaveLength(1);
  });

  it('are told since when an entry was computed, once the log has a record to tell it by', async () => {
    const { cache, operations } = await start();
    const stampedAt = async (key: string) => {
      await store(cache, 'page', key);
      return (await operations.inspection.entry(`page:${key}`))?.stampedAt;
    };
    expect(await stampedAt('b/before')).toBeNull();
    await cache.invalidate(['t']);
    expect(Date.now() - Date.parse((await stampedAt('b/after')) ?? '')).toBeLessThan(60_000);
  });

  it('show metrics of every process, each its own series', async () => {
    const [one, other] = [await start(), await start()];
    await one.cache.get('page', 'absent');
    await other.cache.get('page', 'absent');
    const text = await one.operations.renderMetrics();
    expect(text).toMatch(
      /tbi_cache_lookups_total\{kind="page",tier="origin",reason="absent",process="[^"]+"\} 1/,
    );
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('keep labels bounded whatever kinds there are', async () => {
    const { cache, operations } = await start();
    for (let i = 0; i < 100; i += 1) await cache.get(`kind-${i}`, 'k');
    const text = await operations.renderMetrics();
    const kinds = new Set([...text.matchAll(/lookups_total\{kind="([^"]+)"/g)].map(([, kind]) => kind));
    expect(kinds.size).toBeLessThanOrEqual(25);
    expect(kinds).toContain('other');
  });
});
