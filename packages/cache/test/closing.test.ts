import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisServer, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from './contract.ts';
import { createCaches } from './redis-caches.ts';

let server: RedisServer;
const caches = createCaches(() => server);

beforeEach(async () => {
  server = await startRedis();
});
afterEach(async () => {
  await server.kill('SIGCONT').catch(() => {});
  await caches.closeAll();
  await server.stop();
});

async function store(key: string) {
  const [ending, other] = await caches.openTwo();
  const options = { stamp: other.stamp(), tags: ['t'], freshForMs: 60_000 };
  await other.set('page', key, Buffer.from('old'), options);
  return { ending, other };
}

describe('closing', () => {
  it('records an invalidation that waits for Redis, without a spool to keep it', async () => {
    const { ending, other } = await store('k');
    caches.cutOff(ending);
    expect(await ending.invalidate(['t'])).toEqual({ position: null, pending: true });
    expect((await other.get('page', 'k')).entry?.payload.toString()).toBe('old');
    caches.restore(ending);
    await caches.close(ending);
    await other.sync();
    expect((await other.get('page', 'k')).reason).toBe('expired-tag');
  });

  it('waits for an invalidation that is on its way', async () => {
    const { ending, other } = await store('k');
    await server.kill('SIGSTOP');
    await settle(50);
    const recorded = ending.invalidate(['t']);
    const closed = caches.close(ending);
    await server.kill('SIGCONT');
    await closed;
    expect((await recorded).pending).toBe(false);
    await other.sync();
    expect((await other.get('page', 'k')).reason).toBe('expired-tag');
  });

  it('ends although Redis hangs', async () => {
    const { ending } = await store('k');
    await server.kill('SIGSTOP');
    await settle(50);
    expect((await ending.invalidate(['t'])).pending).toBe(true);
    const startedMs = performance.now();
    await caches.close(ending);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('is no end for writes and invalidations that come after it: the next process sends them', async () => {
    const spoolFolder = await mkdtemp(join(tmpdir(), 'tbi-spool-'));
    const ending = await caches.open({}, { spoolFolder });
    for (const tag of ['t', 'u']) {
      await ending.set('page', tag, Buffer.from('old'), { stamp: ending.stamp(), tags: [tag] });
    }
    await caches.close(ending);
    await expect(ending.invalidate(['t'])).rejects.toMatchObject({ code: 'ERR_CACHE_CLOSED' });
    const lease = await ending.beginWrite(['u']);
    expect((await lease.commit()).pending).toBe(true);
    const next = await caches.open({}, { spoolFolder });
    for (const tag of ['t', 'u']) expect((await next.get('page', tag)).reason).toBe('expired-tag');
    await rm(spoolFolder, { recursive: true });
  });
});
