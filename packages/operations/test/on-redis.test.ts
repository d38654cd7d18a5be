import { poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
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
    await store(cache, 'page', 'b/en/menu', ['menü']);
    expect((await operations.inspection.find({ tag: 'menü' })).entries).toHaveLength(1);
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

  it('show counts of what all processes share once, and as they are now, whoever counted', async () => {
    const [one, other] = [await start(), await start()];
    await store(one.cache, 'page', 'b/1');
    await other.operations.takeCensus();
    await other.operations.renderMetrics();
    await store(one.cache, 'page', 'b/2');
    await one.operations.takeCensus();
    // As a process of another release has told it.
    const value = { value: 7, labels: { kind: 'page', process: 'before:1' } };
    const metrics = [{ name: 'tbi_cache_entries', type: 'gauge', help: '', values: [value] }];
    const told = JSON.stringify({ atMs: one.cache.nowMs(), metrics });
    await server.command('HSET', 'test:{ops}:metrics', 'before:1', told);
    for (const { operations } of [one, other]) {
      const text = await operations.renderMetrics();
      expect(text.match(/^tbi_cache_entries\{kind="page".*$/gm)).toEqual([
        'tbi_cache_entries{kind="page"} 2',
      ]);
    }
  });

  it('show no figure for what is not known', async () => {
    const { operations, cache } = await start();
    const text = await operations.renderMetrics();
    expect(text).not.toMatch(/^tbi_cache_sessions/m);
    await server.kill('SIGSTOP');
    try {
      await poll(() => operations.processes.own().lagMs === null, { what: 'a lag that is unknown' });
      expect(await operations.renderMetrics()).not.toMatch(/^tbi_cache_log_lag_seconds/m);
    } finally {
      await server.kill('SIGCONT');
    }
    await poll(() => cache.sync());
  });

  it('hear no more of a process as soon as it has closed, whatever it was about to say', async () => {
    const { cache, pool, operations } = await start();
    const kept = async () => [
      await server.command('HKEYS', 'test:{ops}:processes'),
      await server.command('HKEYS', 'test:{ops}:metrics'),
    ];
    await poll(async () => (await kept()).flat().length > 0);
    // A report is half made when the process closes.
    const { command } = pool.data;
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let asked = false;
    Object.assign(pool.data, {
      command: async (...sent: Parameters<typeof command>) => {
        const reply = await command(...sent);
        if (sent[0] === 'GET' && String(sent[1][0]).endsWith('{log}:head')) {
          asked = true;
          await held;
        }
        return reply;
      },
    });
    await cache.invalidate(['t']);
    await poll(() => asked);
    await operations.close();
    expect(await kept()).toEqual([[], []]);
    answer();
    await sleep(100);
    expect(await kept()).toEqual([[], []]);
  });

  it('see a page without its nonces, also where one is cut off', async () => {
    const { cache, operations } = await start();
    const nonce = '0123456789abcdef0123456789abcdef';
    const forms = [
      `<script nonce="${nonce}">`,
      `{"nonce":"${nonce}"}`,
      String.raw`[\"nonce\":\"${nonce}\"]`,
      `</a.js>; nonce=${nonce}`,
      `script-src 'nonce-${nonce}'`,
    ];
    for (let padding = 0; padding < 120; padding += 1) {
      const end = `${'x'.repeat(3_900 + padding)}<script nonce="${nonce}">`;
      const payload = Buffer.from(`${forms.join('')}${end}`);
      await cache.set('page', 'b/en', payload, { stamp: cache.stamp(), freshForMs: 60_000 });
      const value = (await operations.inspection.entry('page:b/en'))?.value ?? '';
      expect(value).toContain('<script nonce="…">{"nonce":"…"}');
      expect(value).not.toContain('0123');
    }
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
