import { type FetchServer, startFetchServer } from '@tbi/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createFront, type FrontOptions } from '../src/front.ts';
import type { RouteCacheOptions } from '../src/index.ts';
import { createRoutes, ORIGIN, status, xCache } from './support/routes.ts';

type Answer = (request: Request) => Response | Promise<Response>;

const openRoutes = createRoutes();
const servers: FetchServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const FRAMEWORK = { 'x-framework': 'yes', vary: 'rsc' };

type Page = (path: string, route: Answer, request: Request) => Promise<Response | null>;

/** A server whose framework answers every URL by one cached route, unless `page` answers it. */
async function open(
  options: RouteCacheOptions,
  answer: Answer,
  { page, ...frontOptions }: FrontOptions & { page?: Page } = {},
) {
  const front = createFront({ headers: FRAMEWORK, ...frontOptions });
  const routes = openRoutes({ front, origin: ORIGIN });
  const cached = routes.withCache({ front: true, ...options })((request: Request) => answer(request));
  const route: Answer = (request) => cached(request, undefined);
  const framework: string[] = [];

  const server = await startFetchServer(async (request) => {
    const path = request.url.slice(new URL(request.url).origin.length);
    framework.push(`${request.method} ${path}`);
    const own = (await page?.(path, route, request)) ?? (await route(new Request(ORIGIN + path, request)));
    const headers = new Headers(FRAMEWORK);
    for (const [name, value] of own.headers) {
      if (name === 'vary' || !headers.has(name)) headers.append(name, value);
    }
    return new Response(own.body, { status: own.status, statusText: own.statusText, headers });
  }, front.handle);
  servers.push(server);
  return {
    ...routes,
    /** What the framework has been asked. */
    framework,
    get: (path = '/', init?: RequestInit) => fetch(server.url + path, { redirect: 'manual', ...init }),
  };
}

/** Asks once, which the front learns from. */
async function warm({ get, framework }: Awaited<ReturnType<typeof open>>, path = '/', init?: RequestInit) {
  const first = await get(path, init);
  await first.arrayBuffer();
  expect(xCache(first)).toBe('MISS');
  framework.length = 0;
  return first;
}

const fields = ({ headers }: Response) =>
  Object.fromEntries(
    [...headers].filter(
      ([name]) => !['age', 'x-cache', 'cache-status', 'connection', 'keep-alive'].includes(name),
    ),
  );

describe('the front', () => {
  it('answers what the framework would answer from memory, without it', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const server = await open(
      { ttl: 60 },
      () =>
        new Response(bytes, {
          status: 203,
          statusText: 'Fine',
          headers: { 'x-own': '1', 'content-type': 'a/b' },
        }),
    );
    const behind = await warm(server);
    const ahead = await server.get();
    expect(server.framework).toEqual([]);
    expect([ahead.status, ahead.statusText]).toEqual([203, 'Fine']);
    expect(fields(ahead)).toEqual(fields(behind));
    expect(ahead.headers.get('x-framework')).toBe('yes');
    expect(status(ahead)).toMatch(/^tbi; hit; ttl=5\d$/);
    expect(ahead.headers.get('age')).toBe('0');
    expect(new Uint8Array(await ahead.arrayBuffer())).toEqual(bytes);
  });

  it('lets the framework answer what is not in memory, fresh: invalidated, or never asked', async () => {
    let version = 0;
    const server = await open({ ttl: 60, tags: ['t'] }, () => Response.json(++version));
    await warm(server);
    await server.invalidateCache({ tags: ['t'] });
    const after = await server.get();
    expect([xCache(after), await after.json()]).toEqual(['MISS', 2]);
    await server.get('/other');
    expect(server.framework).toEqual(['GET /', 'GET /other']);
    expect(await (await server.get()).json()).toBe(2);
    expect(server.framework).toHaveLength(2);
  });

  it('speaks HTTP as the cache does: 304, parts, HEAD', async () => {
    const server = await open({ ttl: 60 }, () => new Response('0123456789'));
    const etag = (await warm(server)).headers.get('etag') ?? '';
    const same = await server.get('/', { headers: { 'if-none-match': etag } });
    expect([same.status, await same.text(), same.headers.get('x-framework')]).toEqual([304, '', 'yes']);
    const part = await server.get('/', { headers: { range: 'bytes=2-4' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ]);
    await server.get('/', { method: 'HEAD' });
    expect(server.framework).toEqual(['HEAD /']);
    server.framework.length = 0;
    const head = await server.get('/', { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '10']);
    expect(server.framework).toEqual([]);
  });

  it('gives each client its own variant', async () => {
    const server = await open(
      { ttl: 60 },
      (request) =>
        new Response(request.headers.get('accept-language'), { headers: { vary: 'accept-language' } }),
    );
    const languages = ['de', 'fr'].map((language) => ({ headers: { 'accept-language': language } }));
    for (const init of languages) await warm(server, '/', init);
    for (const init of languages) {
      const response = await server.get('/', init);
      expect(await response.text()).toBe(init.headers['accept-language']);
      expect(response.headers.get('vary')).toBe('rsc, accept-language');
    }
    expect(server.framework).toEqual([]);
    expect(await (await server.get('/', { headers: { 'accept-language': 'it' } })).text()).toBe('it');
    expect(server.framework).toEqual(['GET /']);
  });

  it('keeps out of what only the framework can answer', async () => {
    const server = await open({ ttl: 60, clientNoCache: 'bypass' }, () => new Response('own'));
    await warm(server);
    await server.get('/', { headers: { rsc: '1' } });
    await server.get('/', { headers: { 'cache-control': 'no-cache' } });
    await server.get('/', { headers: { 'if-unmodified-since': new Date().toUTCString() } });
    await server.get('/', { method: 'POST' });
    expect(server.framework).toEqual(['GET /', 'GET /', 'GET /', 'POST /']);
    // The POST has invalidated its URL.
    expect(xCache(await server.get())).toBe('MISS');
  });

  it('never learns responses of one user', async () => {
    const server = await open(
      { ttl: 60, front: false, scope: 'private', user: ({ headers }) => headers.get('x-user') },
      (request) => new Response(request.headers.get('x-user')),
    );
    for (const user of ['anna', 'ben', 'anna', 'ben']) {
      const init = { headers: { 'x-user': user } };
      await server.get('/', init);
      expect(await (await server.get('/', init)).text()).toBe(user);
    }
    expect(server.framework).toHaveLength(8);
  });

  it('leaves a route alone that does not ask for it: a guard may stand around it', async () => {
    const server = await open({ ttl: 60, front: false }, () => new Response('for editors'), {
      page: async (_path, route, request) =>
        request.headers.has('x-editor')
          ? route(new Request(ORIGIN, request))
          : new Response(null, { status: 403 }),
    });
    const editor = { headers: { 'x-editor': 'yes' } };
    for (let i = 0; i < 3; i += 1) {
      expect(await (await server.get('/', editor)).text()).toBe('for editors');
      expect((await server.get('/')).status).toBe(403);
    }
    expect(server.framework).toHaveLength(6);
  });

  it('takes each method for itself: another handler may answer it', async () => {
    const server = await open({ ttl: 60 }, () => new Response('cached'), {
      page: async (_path, _route, { method }) =>
        method === 'HEAD' ? new Response(null, { status: 204 }) : null,
    });
    await warm(server);
    expect((await server.get('/', { method: 'HEAD' })).status).toBe(204);
    expect((await server.get('/', { method: 'HEAD' })).status).toBe(204);
    expect(xCache(await server.get('/'))).toBe('HIT');
    expect(server.framework).toEqual(['HEAD /', 'HEAD /']);
  });

  it('does not take the answer to an inner request for that of the page', async () => {
    const server = await open({ ttl: 60 }, () => new Response('inner'), {
      async page(path, route) {
        if (path !== '/page') return null;
        const inner = await route(new Request(`${ORIGIN}/inner`));
        return new Response(`page with ${await inner.text()}`);
      },
    });
    for (let i = 0; i < 4; i += 1) expect(await (await server.get('/page')).text()).toBe('page with inner');
    expect(server.framework).toHaveLength(4);
    expect(await (await server.get('/inner')).text()).toBe('inner');
    expect(server.framework).toHaveLength(5);
  });

  it('tells targets apart by every byte, whatever the cache makes of them', async () => {
    const server = await open(
      { ttl: 60, query: ['id'] },
      (request) => new Response(new URL(request.url).search),
    );
    await warm(server, '/?id=1');
    expect(await (await server.get('/?id=1&utm=x')).text()).toBe('?id=1');
    expect(await (await server.get('/?id=2')).text()).toBe('?id=2');
    expect(server.framework).toEqual(['GET /?id=1&utm=x', 'GET /?id=2']);
  });

  it('remembers a bounded number of URLs', async () => {
    const server = await open({ ttl: 60 }, () => new Response('x'), { maxUrls: 2 });
    for (const path of ['/1', '/2', '/3']) await warm(server, path);
    await server.get('/3');
    await server.get('/1');
    expect(server.framework).toEqual(['GET /1']);
  });

  it('leaves to the framework what fails before it', async () => {
    let failing = false;
    const server = await open(
      {
        ttl: 60,
        keyGenerator() {
          if (failing) throw new Error('broken');
          return 'key';
        },
      },
      () => new Response('fine'),
      { page: async () => (failing ? new Response('from the framework') : null) },
    );
    await warm(server);
    failing = true;
    expect(await (await server.get()).text()).toBe('from the framework');
  });

  it('gives the fields of the framework where a route has some of that name, and none that it drops', async () => {
    const sent = { 'x-framework': 'no', 'x-hop': 'mine', 'content-encoding': 'gzip', vary: 'accept' };
    const server = await open({ ttl: 60 }, () => new Response('plain', { headers: sent }), {
      drops: ['content-encoding', 'x-hop'],
      page: async (_path, route, request) => {
        const { body, headers } = await route(new Request(`${ORIGIN}/`, request));
        for (const name of ['content-encoding', 'x-hop']) headers.delete(name);
        return new Response(body, { headers });
      },
    });
    const behind = await warm(server);
    const ahead = await server.get();
    expect(server.framework).toEqual([]);
    expect(fields(ahead)).toEqual(fields(behind));
    expect(ahead.headers.get('x-framework')).toBe('yes');
    expect(await ahead.text()).toBe('plain');
  });

  it('lets the framework answer what is chosen by a field that it sets itself', async () => {
    const host = ({ headers }: Request) => headers.get('x-forwarded-host') ?? 'nobody';
    const server = await open({ ttl: 60, keyGenerator: host }, (request) => new Response(host(request)), {
      completes: ['x-forwarded-host'],
      async page(path, route, { headers }) {
        const given = new Headers(headers);
        if (!given.has('x-forwarded-host')) given.set('x-forwarded-host', 'own.example');
        return route(new Request(ORIGIN + path, { headers: given }));
      },
    });
    const other = { headers: { 'x-forwarded-host': 'nobody' } };
    await warm(server, '/', other);
    expect(await (await server.get('/', other)).text()).toBe('nobody');
    expect(server.framework).toEqual([]);
    expect(await (await server.get('/')).text()).toBe('own.example');
  });

  it('lets the framework answer, with nothing left of its own, what cannot be sent', async () => {
    const server = await open({ ttl: 60 }, () => new Response('x', { headers: { 'x-own': 'a\u0001b' } }), {
      page: async (_path, route, request) => {
        const { headers } = await route(new Request(`${ORIGIN}/`, request));
        return new Response(null, { status: 500, headers: { 'x-cache': headers.get('x-cache') ?? '' } });
      },
    });
    await warm(server);
    const response = await server.get();
    expect([response.status, xCache(response), response.headers.get('etag')]).toEqual([500, 'HIT', null]);
  });

  it('is refused to private routes', () => {
    const { withCache } = openRoutes({ front: createFront(), origin: ORIGIN });
    expect(() => withCache({ scope: 'private', user: () => null, front: true })).toThrow('scope "shared"');
  });

  it('is refused to a cache whose URLs depend on what a client says', () => {
    expect(() => openRoutes({ front: createFront() })).toThrow('`front` needs `origin`');
  });
});
