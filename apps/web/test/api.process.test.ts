import { type NextServer, poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, seededDatabase, startSite } from './support/site.ts';

let redis: RedisServer;
let a: NextServer;
let b: NextServer;

beforeAll(async () => {
  await buildSite();
  redis = await startRedis();
  const environment = { databaseUrl: await seededDatabase(), redis };
  a = await startSite(environment);
  b = await startSite(environment);
  // Until a process follows the log it asks its handlers.
  for (const site of [a, b]) {
    await poll(async () => (await ask(site, '/api/categories')).cache === 'HIT', { what: 'a warm cache' });
  }
});
afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop()]);
  await redis?.stop();
});

let visitors = 0;
/** Someone whom the site has not seen yet. */
const newcomer = () => `198.51.100.${visitors++ % 250}, 203.0.113.${visitors % 250}`;

async function ask(site: NextServer, path: string, init: RequestInit = {}) {
  const headers = { 'x-forwarded-for': newcomer(), ...init.headers };
  const response = await site.fetch(path, { ...init, headers });
  const text = await response.text();
  return { status: response.status, text, cache: response.headers.get('x-cache'), headers: response.headers };
}

describe('the API of two processes', () => {
  it.each([
    ['/api/reports?category=healthcare-life-sciences&page=2', 'pageCount'],
    ['/api/reports/surgical-robotics-market', 'tableOfContents'],
    ['/api/categories/healthcare-life-sciences?locale=de', 'reportCount'],
    ['/api/search?q=robot', 'Robotics'],
  ])('shares %s', async (path, text) => {
    const first = await ask(a, path);
    expect([first.status, first.cache]).toEqual([200, 'MISS']);
    expect(first.text).toContain(text);
    const second = await ask(b, path);
    expect([second.status, second.cache, second.text]).toEqual([200, 'HIT', first.text]);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    const etag = first.headers.get('etag') ?? '';
    const again = await ask(b, path, { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('gives hits from memory before Next, with all that Next adds', async () => {
    const path = '/api/categories?locale=fr';
    const behind = await ask(a, path);
    const ahead = await ask(a, path);
    expect([behind.cache, ahead.cache, ahead.text]).toEqual(['MISS', 'HIT', behind.text]);
    // Next sends in chunks what it is given by a route.
    const length = String(Buffer.byteLength(ahead.text));
    expect([behind.headers.get('content-length'), ahead.headers.get('content-length')]).toEqual([
      null,
      length,
    ]);
    const varying = ['age', 'x-cache', 'cache-status', 'content-length', 'transfer-encoding'];
    const fields = ({ headers }: { headers: Headers }) =>
      Object.fromEntries([...headers].filter(([name]) => !varying.includes(name)));
    expect(fields(ahead)).toEqual(fields(behind));
    // A question of Next's router is Next's.
    expect((await ask(a, path, { headers: { rsc: '1' } })).status).toBe(307);
  });

  it('parameters that do not count make no difference', async () => {
    await ask(a, '/api/reports?sort=growth');
    expect((await ask(a, '/api/reports?utm_source=x&sort=growth')).cache).toBe('HIT');
  });

  it('says what is wrong with parameters, and what is not there', async () => {
    const wrong = await ask(a, '/api/reports?page=none');
    expect([wrong.status, JSON.parse(wrong.text).error.parameters]).toEqual([
      400,
      { page: 'must be a whole number from 1 to 1000' },
    ]);
    expect((await ask(a, '/api/reports/no-such-report')).status).toBe(404);
    expect((await ask(a, '/api/categories/no-such-category')).status).toBe(404);
  });

  it('computes the example once for both, and anew after a POST to one of them', async () => {
    const path = '/api/example/cached?id=shared';
    const sites = [a, a, a, b, b, b];
    const answers = await Promise.all(sites.map((site) => ask(site, path)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await ask(b, path, { method: 'POST' })).status).toBe(204);
    await poll(async () => (await ask(a, path)).text !== answers[0]?.text, { what: 'a new computation' });
  });

  it('refuses who makes too many handlers run, on both, and still gives them hits', async () => {
    const flood = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    const statuses: number[] = [];
    for (let i = 0; i < 130; i += 1) {
      statuses.push((await ask(i % 2 === 0 ? a : b, `/api/reports/flood-${i}`, flood)).status);
    }
    expect(statuses.slice(0, 120)).toEqual(Array(120).fill(404));
    expect(statuses.slice(120)).toEqual(Array(10).fill(429));
    const refused = await ask(a, '/api/reports/flood-again', flood);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(a, '/api/categories', flood)).cache).toBe('HIT');
    expect((await ask(a, '/api/reports/not-theirs')).status).toBe(404);
  });

  it('answers without Redis, limits each process on its own, and is cached again when Redis is back', async () => {
    await redis.kill('SIGKILL');
    const path = '/api/reports?sort=oldest';
    const away = 'tbi; fwd=bypass; detail=store-error';
    await poll(async () => (await ask(a, path)).headers.get('cache-status') === away, {
      what: 'the handler’s answer',
    });
    const flood = { headers: { 'x-forwarded-for': '192.0.2.2' } };
    const statuses: number[] = [];
    for (let i = 0; i < 125; i += 1) statuses.push((await ask(a, `/api/reports/away-${i}`, flood)).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    await redis.restart();
    await poll(async () => (await ask(a, path)).cache === 'HIT', { what: 'the cache', timeoutMs: 20_000 });
  });
});
