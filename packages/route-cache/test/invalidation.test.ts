import { describe, expect, it } from 'vitest';
import { createRoutes, type Route, xCache } from './support/routes.ts';

const open = createRoutes();
const outcome = async (route: Route, path: string) => xCache(await route.get(path));

async function filled(tags?: readonly string[]) {
  const routes = open();
  const route = routes.route({ ttl: 60, ...(tags && { tags }) }, () => new Response('x'));
  const paths = [
    '/api',
    '/api/reports',
    '/api/reports?page=2',
    '/api/reports/a',
    '/api/reports/a/b',
    '/api/reportsx',
  ];
  for (const path of paths) await route.get(path);
  const left = async () => {
    const outcomes = await Promise.all(paths.map((path) => outcome(route, path)));
    return paths.filter((_, i) => outcomes[i] === 'HIT');
  };
  return { ...routes, route, left };
}

describe('invalidating', () => {
  it('by tag', async () => {
    const { invalidateCache, left } = await filled(['reports']);
    const { position, pending } = await invalidateCache({ tags: ['reports'] });
    expect([position === null, pending]).toEqual([false, false]);
    expect(await left()).toEqual([]);
  });

  it('by URL, with its query and no other', async () => {
    const { invalidateCache, left } = await filled();
    await invalidateCache('/api/reports');
    expect(await left()).toEqual([
      '/api',
      '/api/reports?page=2',
      '/api/reports/a',
      '/api/reports/a/b',
      '/api/reportsx',
    ]);
  });

  it('by path: everything at it and below it, and nothing beside it', async () => {
    const { invalidateCache, left } = await filled();
    await invalidateCache('/api/reports/*');
    expect(await left()).toEqual(['/api', '/api/reportsx']);
  });

  it('of the root is everything', async () => {
    const { invalidateCache, left } = await filled();
    await invalidateCache('/*');
    expect(await left()).toEqual([]);
  });

  it('knows a path in any spelling', async () => {
    const { invalidateCache, route } = open();
    const asked = route({ ttl: 60 }, () => new Response('x'));
    await asked.get('/api/%72eports/caf%c3%a9');
    await invalidateCache('/api/reports/café/*');
    expect(await outcome(asked, '/api/%72eports/caf%c3%a9')).toBe('MISS');
  });

  it.each([
    ['api/reports', 'begin with one slash'],
    ['//evil.example/*', 'begin with one slash'],
    ['/api/*/reports', 'only stand at the end'],
    ['/api/rep*', 'only stand at the end'],
    ['/api/reports?x=1/*', 'takes no query'],
  ])('refuses the pattern %s', async (pattern, message) => {
    const { invalidateCache } = open();
    await expect(invalidateCache(pattern)).rejects.toThrow(message);
  });

  it('writes one record, however many responses there are', async () => {
    const { invalidateCache, cache, route } = open();
    const asked = route({ ttl: 60 }, () => new Response('x'));
    for (let i = 0; i < 50; i += 1) await asked.get(`/api/reports/${i}`);
    const before = cache.stats().tagStates;
    await invalidateCache('/api/reports/*');
    expect(cache.stats().tagStates).toBe(before + 1);
    expect(await outcome(asked, '/api/reports/7')).toBe('MISS');
  });

  it('happens after an unsafe request that did not fail: of its URL and those that it names', async () => {
    const { route, withCache } = open();
    const stored = route({ ttl: 60 }, () => new Response('x'));
    const paths = ['/a', '/b', '/c', '/d'];
    for (const path of paths) await stored.get(path);
    let answer = () => new Response('failed', { status: 409 });
    const change = withCache({ ttl: 60 })(() => answer());
    const post = (path: string) =>
      change(new Request(`https://shop.example${path}`, { method: 'POST' }), undefined);
    await post('/a');
    expect(await outcome(stored, '/a')).toBe('HIT');
    answer = () =>
      new Response(null, {
        status: 201,
        headers: { location: '/b', 'content-location': 'https://shop.example/c' },
      });
    await post('/a');
    expect(await Promise.all(paths.map((path) => outcome(stored, path)))).toEqual([
      'MISS',
      'MISS',
      'MISS',
      'HIT',
    ]);
    answer = () => new Response(null, { headers: { location: 'https://other.example/d' } });
    await post('/a');
    expect(await outcome(stored, '/d')).toBe('HIT');
  });

  it('a response computed across an invalidation is not served to who asks after it', async () => {
    const { route, invalidateCache } = open();
    let version = 1;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const asked = route({ ttl: 60 }, async () => {
      const seen = version;
      if (seen === 1) await held;
      return Response.json(seen);
    });
    const early = asked.get('/a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    version = 2;
    await invalidateCache('/a');
    const late = asked.get('/a');
    release();
    expect([await (await early).json(), await (await late).json()]).toEqual([1, 2]);
    expect(await (await asked.get('/a')).json()).toBe(2);
  });
});
