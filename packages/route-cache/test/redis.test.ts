import { type Cache, createCache, redisBackend } from '@tbi/cache';
import { createRedis } from '@tbi/redis';
import { poll, type RedisServer, settingsOf, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRouteCache } from '../src/index.ts';
import { ORIGIN, status, xCache } from './support/routes.ts';

const SILENT = { info() {}, warn() {}, error() {} };
let server: RedisServer;
let closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

/** A route in a process of its own, as far as Redis can tell. */
async function open(answer: (request: Request) => Response | Promise<Response>, ttl = 60) {
  const pool = createRedis({ ...settingsOf(server), commandTimeoutMs: 300 }, { name: 'test', log: SILENT });
  const cache: Cache = createCache({ backend: redisBackend({ connections: pool, keyPrefix: 'route:' }) });
  closing.push(pool.close, cache.close);
  await poll(() => cache.sync(), { what: 'the cache to be in sync' });
  const { withCache, invalidateCache } = createRouteCache({ cache });
  const handler = withCache({ ttl, tags: ['t'] })(answer);
  const get = (path: string) => handler(new Request(`${ORIGIN}${path}`), undefined);
  return { get, invalidateCache, cache };
}

describe('a route on Redis', () => {
  it('is the same on another process: types, bytes, status, fields', async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    const answer = () =>
      new Response(bytes, { status: 203, headers: { 'content-type': 'a/b', 'x-own': 'ä' } });
    const [a, b] = [await open(answer), await open(() => new Response('not asked'))];
    const first = await a.get('/same');
    const second = await b.get('/same');
    expect([xCache(first), xCache(second), second.status]).toEqual(['MISS', 'HIT', 203]);
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(bytes);
    for (const field of ['content-type', 'x-own', 'etag', 'date', 'content-length']) {
      expect(second.headers.get(field)).toBe(first.headers.get(field));
    }
  });

  it('is invalidated on all processes by one of them', async () => {
    const [a, b] = [await open(() => new Response('x')), await open(() => new Response('x'))];
    await a.get('/i/1');
    expect(xCache(await b.get('/i/1'))).toBe('HIT');
    expect((await a.invalidateCache('/i/*')).pending).toBe(false);
    await poll(async () => (await b.cache.get('api', 'x')).reason === 'absent', {
      what: 'b to read the log',
    });
    expect(xCache(await b.get('/i/1'))).toBe('MISS');
  });

  it('keeps no query, cookie or name of a user in keys', async () => {
    const { get } = await open(() => new Response('x'));
    await get('/k?token=s3cret&mail=ann@example.com');
    const keys = String(await server.command('KEYS', '*'));
    expect(keys).toContain('route:e:api:');
    expect(keys).not.toMatch(/s3cret|ann|token/);
  });

  it('when Redis is away is the handler’s response, and says so; and comes back', async () => {
    const { get } = await open(() => new Response('from the handler'), 3600);
    expect(status(await get('/away'))).toContain('stored');
    await server.kill('SIGKILL');
    await poll(async () => xCache(await get('/other')) === 'BYPASS', { what: 'the outage to be noticed' });
    const response = await get('/third');
    expect([response.status, await response.text()]).toEqual([200, 'from the handler']);
    expect(status(response)).toBe('tbi; fwd=bypass; detail=store-error');
    await server.restart();
    await poll(async () => xCache(await get('/third')) === 'HIT', {
      what: 'the cache to be back',
      timeoutMs: 15_000,
    });
  });
});
