import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NextServer, poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, seededDatabase, standalone, startSite, visit } from './support/site.ts';

const token = 'a token for tests, of no use elsewhere';
const bearer = { authorization: `Bearer ${token}` };
/** What a command may take, a request's own work, and a machine that is busy. */
const SOON_MS = 3_000;

let redis: RedisServer;
let sites: NextServer[] = [];
let one: NextServer;
let other: NextServer;

beforeAll(async () => {
  await buildSite();
  redis = await startRedis();
  const databaseUrl = await seededDatabase();
  const settings = {
    databaseUrl,
    redis,
    keyPrefix: 'ops:',
    env: { OPS_TOKEN: token, USE_REDIS_SESSIONS: 'true' },
  };
  one = await startSite(settings);
  other = await startSite(settings);
  sites = [one, other];
});
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await redis?.stop();
});

const post = (path: string, body: unknown, headers: Record<string, string> = bearer) =>
  one.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });

const operatorsOnly = ['/api/health/redis', '/api/metrics', '/api/metrics/redis', '/api/cache/entries'];

describe('operations of a site with two processes', () => {
  it('refuse strangers, wrong tokens and the pages of other sites', async () => {
    for (const path of operatorsOnly) {
      expect((await one.fetch(path)).status, path).toBe(401);
      const wrong = await one.fetch(path, { headers: { authorization: `Bearer ${token}x` } });
      expect(wrong.status, path).toBe(401);
    }
    for (const path of ['/api/cache/invalidate', '/api/cache/preview']) {
      expect((await post(path, { tags: ['a'] }, {})).status).toBe(403);
      const foreign = { origin: 'https://example.com', 'sec-fetch-site': 'cross-site' };
      expect((await post(path, { tags: ['a'] }, foreign)).status).toBe(403);
      expect((await one.fetch(path, { headers: bearer })).status).toBe(405);
    }
    for (const path of ['/api/admin/cache/stream', '/api/admin/cache/entries']) {
      expect((await one.fetch(path)).status, path).toBe(401);
      expect((await one.fetch(path, { headers: bearer })).status, path).toBe(401);
    }
    expect((await post('/api/admin/cache/invalidate', { tags: ['a'] })).status).toBe(401);
    expect((await one.fetch('/api/development/lookups?id=1')).status).toBe(404);
  });

  it('answer whether the process lives, and whether it can serve', async () => {
    expect((await one.fetch('/api/health')).status).toBe(200);
    const ready = await one.fetch('/api/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', cache: 'ready', database: 'ready' },
    ]);
  });

  it('count entries by kind and show Redis and the cache apart', async () => {
    await visit(one, '/en/reports/surgical-robotics-market');
    await visit(one, '/en/reports?q=market');
    const health = await poll(async () => {
      const response = await one.fetch('/api/health/redis', { headers: bearer });
      const body = await response.json();
      return response.status === 200 && body.entries?.kinds.page.entries > 0 && body;
    });
    expect(health.redis).toMatchObject({ role: 'master', connections: expect.any(Number) });
    expect(health.redis.usedMemoryBytes).toBeGreaterThan(0);
    expect(health.cacheHitRate === null || health.cacheHitRate <= 1).toBe(true);
    expect(health.entries.sessions).toBe(0);
  });

  it('see pages without what stands for their nonces, and without a part of it', async () => {
    await visit(one, '/en/reports?q=market');
    const placeholder = await readFile(join(standalone, 'apps', 'web', '.next', 'nonce-placeholder'), 'utf8');
    const ask = async (query: string) =>
      (await one.fetch(`/api/cache/entries?${query}`, { headers: bearer })).json();
    const { entries } = (await ask('kind=page')) as { entries: { id: string }[] };
    const values = await Promise.all(
      entries.map(async ({ id }) => (await ask(`id=${encodeURIComponent(id)}`)).entry?.value ?? ''),
    );
    expect(values.join('')).toContain('nonce');
    expect(values.filter((value) => value.includes(placeholder.slice(0, 12)))).toEqual([]);
  });

  it('end pages by path, and wait until both processes have applied it', async () => {
    const path = '/en/reports/surgical-robotics-market';
    await poll(async () => (await visit(other, path)).cache === 'HIT', { what: 'a hit', timeoutMs: 10_000 });
    const preview = await (await post('/api/cache/preview', { paths: ['/en/reports/*'] })).json();
    expect(preview.entries).toBeGreaterThan(0);
    const answer = await post('/api/cache/invalidate', { paths: ['/en/reports/*'], wait: true });
    expect(answer.status).toBe(200);
    const body = await answer.json();
    expect(body).toMatchObject({ pending: false, applied: { applied: true, processes: 2 } });
    expect((await visit(other, path)).cache).not.toBe('HIT');
    expect((await visit(other, '/en/categories')).status).toBe(200);
    const log = await one.readLogs();
    expect(log).toContain('"who":"token"');
    expect(log).not.toContain(token);
  });

  it('say why a request is wrong', async () => {
    const answer = await post('/api/cache/invalidate', { paths: ['/a/*/b'], what: 1 });
    expect(answer.status).toBe(400);
    expect((await answer.json()).problems.join(' ')).toMatch(/only stand at the end.*what/s);
    expect((await post('/api/cache/invalidate', 'no list')).status).toBe(400);
  });

  it('show the metrics of both processes in one scrape', async () => {
    await visit(one, '/en');
    await visit(other, '/en');
    const text = await poll(
      async () => {
        const scraped = await (await one.fetch('/api/metrics', { headers: bearer })).text();
        const processes = new Set(
          [...scraped.matchAll(/tbi_redis_up\{process="([^"]+)"\} 1/g)].map(([, id]) => id),
        );
        return processes.size === 2 && scraped;
      },
      { timeoutMs: 15_000 },
    );
    expect(text).toMatch(/tbi_cache_lookups_total\{kind="page"/);
    expect(text).toMatch(/process_cpu_seconds_total/);
  });

  it('write one log of JSON lines, with what the cache handlers say', async () => {
    const lines = (await one.readLogs()).split('\n').filter((line) => line.startsWith('{'));
    const messages = lines.map((line) => JSON.parse(line).msg);
    expect(messages.some((message) => /redis cache: connected/.test(message))).toBe(true);
    expect(await one.readLogs()).not.toMatch(/^\[cache\]/m);
  });

  it('answer within a deadline while Redis hangs: not well, still alive, still ready', async () => {
    await redis.kill('SIGSTOP');
    try {
      for (const [path, status] of [
        ['/api/health/redis', 503],
        ['/api/metrics', 200],
        ['/api/metrics/redis', 200],
        ['/api/health', 200],
        ['/api/health/ready', 200],
      ] as const) {
        const startedMs = performance.now();
        const response = await one.fetch(path, { headers: bearer });
        const text = await response.text();
        if (path === '/api/health') expect(JSON.parse(text).sessions).not.toHaveProperty('reason');
        if (path === '/api/health/redis') expect(JSON.parse(text).sessions).toHaveProperty('reason');
        expect([response.status, performance.now() - startedMs < SOON_MS], path).toEqual([status, true]);
      }
      const alerts = (await (await one.fetch('/api/metrics/redis', { headers: bearer })).json()).alerts;
      expect(alerts.map(({ name }: { name: string }) => name)).toContain('redis-down');
      const pending = await post('/api/cache/invalidate', { tags: ['reports'] });
      expect([pending.status, (await pending.json()).pending]).toEqual([202, true]);
    } finally {
      await redis.kill('SIGCONT');
    }
  });

  it('are refused for a while to who invalidates too often or guesses tokens, and to nobody else', async () => {
    // While Redis is left alone, each process counts for itself.
    await poll(async () => (await (await one.fetch('/api/health/ready')).json()).cache === 'ready');
    const invalidations = await inTurn(65, () => post('/api/cache/invalidate', { tags: ['nothing'] }));
    expect(invalidations[0]).not.toBe(429);
    expect(invalidations.at(-1)).toBe(429);
    const guesses = await inTurn(25, (i) =>
      one.fetch('/api/metrics', { headers: { authorization: `Bearer guess ${i}` } }),
    );
    expect([guesses[0], guesses.at(-1)]).toEqual([401, 429]);
    // Otherwise guessing would go on as fast as before.
    expect((await one.fetch('/api/metrics', { headers: bearer })).status).toBe(429);
    const elsewhere = { ...bearer, 'x-forwarded-for': '203.0.113.7' };
    expect((await one.fetch('/api/metrics', { headers: elsewhere })).status).toBe(200);
  });
});

async function inTurn(times: number, ask: (i: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const response = await ask(i);
    await response.text();
    statuses.push(response.status);
  }
  return statuses;
}
