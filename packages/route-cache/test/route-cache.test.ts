import { describe, expect, it } from 'vitest';
import { createRoutes, ORIGIN, status, xCache } from './support/routes.ts';

const open = createRoutes();
const json = (value: unknown, headers: Record<string, string> = {}) => Response.json(value, { headers });

describe('a cached route', () => {
  it('answers again from the store: the same status, bytes and fields, and what a cache adds', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { route } = open();
    const { get } = route(
      { ttl: 60 },
      () =>
        new Response(bytes, {
          status: 203,
          statusText: 'Fine',
          headers: { 'x-own': 'ä', 'content-type': 'a/b' },
        }),
    );
    const [first, second] = [await get(), await get()];
    expect([xCache(first), xCache(second)]).toEqual(['MISS', 'HIT']);
    for (const response of [first, second]) {
      expect([response.status, response.statusText]).toEqual([203, 'Fine']);
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    }
    const own = ['x-cache', 'cache-status', 'age'];
    const fields = (response: Response) => [...response.headers].filter(([name]) => !own.includes(name));
    expect(fields(second)).toEqual(fields(first));
    expect(second.headers.get('age')).toBe('0');
  });

  it('says in Cache-Status what it did', async () => {
    const { route } = open();
    const { get } = route({ ttl: 60 }, () => json(1));
    expect(status(await get())).toBe('tbi; fwd=uri-miss; stored');
    expect(status(await get())).toMatch(/^tbi; hit; ttl=5\d$/);
    expect(status(await get('/', { method: 'POST' }))).toBe('tbi; fwd=method');
    expect(status(await get('/', { method: 'OPTIONS' }))).toBe('tbi; fwd=method');
  });

  it('keeps what caches before it said', async () => {
    const { route } = open();
    const { get } = route({ ttl: 60 }, () => json(1, { 'cache-status': 'origin; hit', age: '30' }));
    await get();
    const second = await get();
    expect(status(second)).toMatch(/^origin; hit, tbi; hit; ttl=2\d$/);
    expect(Number(second.headers.get('age'))).toBeGreaterThanOrEqual(30);
  });

  it('gives a strong ETag where there is none, and answers a matching If-None-Match with 304', async () => {
    const { route } = open();
    const { get } = route({ ttl: 60 }, () => json({ a: 1 }, { 'cache-control': 'max-age=60', 'x-own': '1' }));
    const etag = (await get()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const same = await get('/', { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([same.status, same.body, same.headers.get('etag')]).toEqual([304, null, etag]);
    expect(same.headers.get('cache-control')).toBe('max-age=60');
    expect(same.headers.get('date')).not.toBeNull();
    expect(same.headers.has('x-own')).toBe(false);
    expect(same.headers.has('content-length')).toBe(false);
  });

  it('looks at If-None-Match before If-Modified-Since', async () => {
    const { route } = open();
    const modified = 'Wed, 01 Jan 2020 00:00:00 GMT';
    const { get } = route({ ttl: 60 }, () => json(1, { etag: '"a"', 'last-modified': modified }));
    await get();
    const ask = async (headers: Record<string, string>) => (await get('/', { headers })).status;
    expect(await ask({ 'if-modified-since': modified })).toBe(304);
    expect(await ask({ 'if-modified-since': modified, 'if-none-match': '"b"' })).toBe(200);
    expect(await ask({ 'if-modified-since': 'yesterday' })).toBe(200);
  });

  it('answers HEAD from a stored GET, and a GET from what a HEAD made', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, () => json('body'));
    const head = await asked.get('/', { method: 'HEAD' });
    expect([head.body, head.headers.get('content-length')]).toEqual([null, '6']);
    const answer = await asked.get();
    expect([xCache(answer), await answer.json(), asked.calls]).toEqual(['HIT', 'body', 1]);
    expect(xCache(await asked.get('/', { method: 'HEAD' }))).toBe('HIT');
  });

  it('cuts ranges from a stored complete response', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, () => new Response('0123456789'));
    const ask = async (headers: Record<string, string>) => {
      const response = await asked.get('/', { headers });
      return [response.status, await response.text(), response.headers.get('content-range')];
    };
    expect(await ask({ range: 'bytes=2-4' })).toEqual([206, '234', 'bytes 2-4/10']);
    expect(await ask({ range: 'bytes=-3' })).toEqual([206, '789', 'bytes 7-9/10']);
    expect(await ask({ range: 'bytes=10-' })).toEqual([416, '', 'bytes */10']);
    expect(await ask({ range: 'bytes=0-1,4-5' })).toEqual([200, '0123456789', null]);
    expect(await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).toEqual([200, '0123456789', null]);
    expect(asked.calls).toBe(1);
  });

  it('stores compressed when asked, and gives out what was put in', async () => {
    const { route, cache } = open();
    const text = 'market research '.repeat(1_000);
    const asked = route({ ttl: 60, compress: true }, () => new Response(text));
    await asked.get();
    expect(cache.stats().l1.bytes).toBeLessThan(3_000);
    expect(await (await asked.get()).text()).toBe(text);
    expect(await (await asked.get('/', { headers: { range: 'bytes=0-5' } })).text()).toBe('market');
    expect(asked.calls).toBe(1);
  });

  it('gives 404 a short lifetime of its own', async () => {
    const { route } = open();
    const asked = route({ ttl: 600, notFoundTtl: 5 }, () => new Response('none', { status: 404 }));
    await asked.get();
    expect(status(await asked.get())).toMatch(/ttl=[34]$/);
  });

  it('shows the key only in debug, and never anything unsafe in it', async () => {
    const path = '/x?%0D%0Aset-cookie:a=b&e=äöü@example.com';
    const { route } = open();
    const shown = await route({ ttl: 60, debug: true }, () => json(1)).get(path);
    expect(shown.headers.get('x-cache-key')).toMatch(/^[\w-]{43}$/);
    const hidden = await route({ ttl: 60 }, () => json(1)).get(path);
    expect(hidden.headers.has('x-cache-key')).toBe(false);
  });

  it('is a standard method decorator, and keeps `this`', async () => {
    const { withCache } = open();
    const wrap = withCache({ ttl: 60 });
    const routes = {
      greeting: 'hello',
      GET: wrap(
        function (this: { greeting: string }, _request: Request, { name }: { name: string }) {
          return new Response(`${this.greeting} ${name}`);
        },
        { kind: 'method', name: 'GET' },
      ),
    };
    const answer = await routes.GET(new Request(ORIGIN), { name: 'reader' });
    expect(await answer.text()).toBe('hello reader');
  });

  it('is the handler’s own answer in a process that is ending and has closed its cache', async () => {
    const { route, cache } = open();
    const asked = route({ ttl: 60 }, () => json('still here'));
    await asked.get();
    await cache.close();
    const answer = await asked.get();
    expect([answer.status, await answer.json(), status(answer)]).toEqual([
      200,
      'still here',
      'tbi; fwd=bypass; detail=closed',
    ]);
    expect(status(await asked.get('/', { method: 'POST' }))).toBe('tbi; fwd=method; detail=closed');
  });

  it('refuses options that cannot be meant, and says what would be right', () => {
    const { withCache } = open();
    const wrap = (options: object) => () => withCache(options);
    expect(wrap({ ttl: -1 })).toThrow('`ttl` must be a number from 0 on');
    expect(wrap({ staleIfError: Number.NaN })).toThrow('`staleIfError`');
    expect(wrap({ scope: 'private' })).toThrow('needs `user`');
    expect(wrap({ methods: ['POST'] })).toThrow('GET and HEAD, not POST');
    expect(wrap({ vary: ['a b'] })).toThrow('`vary` takes names');
    expect(() => open({ name: 'a; b' })).toThrow('no name for Cache-Status');
  });
});
