import { poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openInMemory, openProcess, store } from './support/site.ts';

type Process = Awaited<ReturnType<typeof openProcess>>;
let server: RedisServer;
let site: Process;
beforeAll(async () => {
  server = await startRedis();
});
beforeEach(async () => {
  site = await openProcess(server);
});
afterEach(async () => {
  await site.close();
  await server.kill('SIGCONT');
  await server.restart();
});
afterAll(() => server.stop());

/** A deadline of 150 ms, the census's pause, and a machine that is busy. */
const SOON_MS = 1_500;

async function within<T>(run: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const value = await run();
  expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
  return value;
}

describe.each(['SIGSTOP', 'SIGKILL'] as const)('operators whose Redis got a %s', (signal) => {
  it('get every answer, soon, and one that says so', async () => {
    const { operations, cache } = site;
    await store(cache, 'page', 'b/en', ['t']);
    await poll(() => operations.history().length > 0);
    await server.kill(signal);
    // A signal takes a moment.
    const health = await poll(async () => {
      const found = await within(operations.health);
      return found.status === 'unhealthy' && found;
    });
    expect(health.reason).not.toBe('');
    const metrics = await within(operations.redisMetrics);
    expect(metrics.status).toBe('down');
    expect(metrics.alerts.map(({ name }) => name)).toContain('redis-down');
    const overview = await within(operations.overview);
    expect(overview.processes).toHaveLength(1);
    expect(await within(operations.renderMetrics)).toContain('tbi_redis_up{');
    expect(operations.history().length).toBeGreaterThan(0);
    const request = { tags: ['t'], paths: [], kinds: [], wait: true };
    const answer = await within(() => operations.invalidate(request, 'token'));
    expect(answer).toMatchObject({ position: null, pending: true });
    expect((await cache.get('page', 'b/en')).entry).toBeNull();
    expect(await within(() => operations.audit.last(5))).toMatchObject([{ who: 'token', position: null }]);
  });
});

describe('operators of a cache in memory', () => {
  it('see and steer it all the same', async () => {
    const { cache, operations, close } = openInMemory();
    await store(cache, 'page', 'b/en/a', ['t']);
    await store(cache, 'fetch', 'f', ['t']);
    expect(await operations.health()).toMatchObject({
      status: 'memory',
      redis: null,
      entries: { kinds: { page: { entries: 1 }, fetch: { entries: 1 } } },
    });
    const asked = { tags: ['t'], paths: [], kinds: [] };
    expect(await operations.inspection.reach(asked)).toMatchObject({ entries: 2, complete: true });
    const answer = await operations.invalidate({ ...asked, wait: true }, 'token');
    expect(answer).toMatchObject({ pending: false, applied: { applied: true, processes: 1 } });
    expect((await cache.get('page', 'b/en/a')).reason).toBe('expired-tag');
    expect(await operations.feed.last(1)).toMatchObject([{ who: 'token', tags: ['t'] }]);
    expect((await operations.redisMetrics()).status).toBe('memory');
    await close();
  });
});
