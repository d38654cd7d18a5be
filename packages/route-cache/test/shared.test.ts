import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRoutes, ORIGIN, status, xCache } from './support/routes.ts';

const open = createRoutes();

/** Request fields by which caches have been poisoned. */
const POISON = [
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-scheme',
  'x-forwarded-for',
  'x-forwarded-server',
  'x-host',
  'x-http-host-override',
  'forwarded',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  'x-method-override',
  'x-middleware-subrequest',
  'x-middleware-rewrite',
  'x-middleware-prefetch',
  'x-invoke-path',
  'x-nextjs-data',
  'next-router-state-tree',
  'rsc',
  'origin',
  'referer',
  'user-agent',
  'accept',
  'accept-language',
  'cookie',
  'authorization',
  'range',
  'x-wap-profile',
  'transfer-encoding',
];

describe('what one client says never gets into what another is given', () => {
  const CANARY = 'canary.example';

  it.each(POISON)('when the handler puts %s into its answer', async (field) => {
    const { route } = open();
    const { get } = route(
      { ttl: 60 },
      ({ headers }) => new Response(`https://${headers.get(field) ?? 'shop.example'}/`),
    );
    const [poisoned, next] = [await get('/', { headers: { [field]: CANARY } }), await get('/')];
    expect(await next.text()).not.toContain(CANARY);
    expect(xCache(poisoned)).not.toBe('HIT');
  });

  it.each([
    ['takes them all', ({ headers }: Request) => [...headers].join()],
    ['copies the request', (request: Request) => [...new Request(request).headers].join()],
    ['clones the request', (request: Request) => [...request.clone().headers].join()],
    ['hands them on', ({ headers }: Request) => [...new Headers(headers)].join()],
    [
      'walks through them',
      ({ headers }: Request) => {
        const all: string[] = [];
        headers.forEach((value) => {
          all.push(value);
        });
        return all.join();
      },
    ],
  ])('when the handler %s', async (_, answer) => {
    const { route } = open();
    const { get } = route({ ttl: 60 }, (request) => new Response(answer(request)));
    await get('/', { headers: { 'x-forwarded-host': CANARY } });
    expect(await (await get('/')).text()).not.toContain(CANARY);
  });

  it('when a field is read only while the body is made', async () => {
    const { route } = open();
    const { get } = route({ ttl: 60 }, ({ headers }) => {
      const pull = (controller: ReadableStreamDefaultController) => {
        controller.enqueue(Buffer.from(headers.get('x-forwarded-host') ?? 'nobody'));
        controller.close();
      };
      return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
    });
    await get('/', { headers: { 'x-forwarded-host': CANARY } });
    expect(await (await get('/')).text()).toBe('nobody');
  });

  it('when the host is the client’s, and the site knows its own origin', async () => {
    const { withCache } = open({ origin: ORIGIN });
    const handler = withCache({ ttl: 60 })((request: Request) => new Response(request.url));
    await handler(new Request(`https://${CANARY}/a?b=1`), undefined);
    const next = await handler(new Request(`${ORIGIN}/a?b=1`), undefined);
    expect([xCache(next), await next.text()]).toEqual(['HIT', `${ORIGIN}/a?b=1`]);
  });

  it('when the path looks like a host', async () => {
    const { withCache } = open({ origin: ORIGIN });
    const handler = withCache({ ttl: 60 })((request: Request) => new Response(request.url));
    const answer = await handler(new Request(`${ORIGIN}//${CANARY}/a`), undefined);
    expect(await answer.text()).toBe(`${ORIGIN}//${CANARY}/a`);
  });

  it('when it hangs on the async context of the request', async () => {
    const requestOf = new AsyncLocalStorage<string>();
    const { route } = open();
    const { get } = route({ ttl: 60 }, () => new Response(requestOf.getStore() ?? 'nobody'));
    expect(await (await requestOf.run('alice', () => get('/'))).text()).toBe('nobody');
  });

  it('when a parameter is not on the list', async () => {
    const { route } = open();
    const asked = route({ ttl: 60, query: ['id', 'page'] }, ({ url }) => new Response(url));
    const first = await asked.get(`/a?utm=${CANARY}&page=2&id=1`);
    const second = await asked.get('/a?id=1&page=2');
    expect([xCache(second), await second.text()]).toEqual(['HIT', `${ORIGIN}/a?id=1&page=2`]);
    expect(await first.text()).toBe(`${ORIGIN}/a?id=1&page=2`);
    expect(xCache(await asked.get('/a?id=2&page=2'))).toBe('MISS');
  });
});

describe('a response is stored only if everybody may have it', () => {
  const hour = { 'cache-control': 'max-age=3600' };
  it.each([
    ['it sets a cookie', { 'set-cookie': 'session=1', ...hour }, 'set-cookie'],
    ['it is private', { 'cache-control': 'private, max-age=60' }, 'private'],
    ['it says no-store', { 'cache-control': 'no-store' }, 'no-store'],
    ['it varies by everything', { vary: '*', ...hour }, 'vary-star'],
    ['it is a stream of events', { 'content-type': 'text/event-stream', ...hour }, 'endless'],
    ['nothing gives it a lifetime', {}, 'no-lifetime'],
  ])('not when %s', async (_, headers, detail) => {
    const { route } = open();
    const asked = route({}, () => new Response('x', { headers: headers as Record<string, string> }));
    expect(status(await asked.get())).toBe(`tbi; fwd=uri-miss; detail=${detail}`);
    await asked.get();
    expect(asked.calls).toBe(2);
  });

  it('not when the request had credentials, unless the response allows it (RFC 9111 §3.5)', async () => {
    const headers = { authorization: 'Bearer secret' };
    for (const [cacheControl, calls] of [
      ['max-age=60', 2],
      ['max-age=60, public', 1],
      ['s-maxage=60', 1],
      ['max-age=60, must-revalidate', 1],
    ] as const) {
      const { route } = open();
      const asked = route({}, () => new Response('x', { headers: { 'cache-control': cacheControl } }));
      await asked.get('/', { headers });
      await asked.get('/', { headers });
      expect([cacheControl, asked.calls]).toEqual([cacheControl, calls]);
    }
  });

  it('not when the handler reads cookies or credentials, whatever is in the key', async () => {
    for (const field of ['cookie', 'authorization']) {
      const { route } = open();
      const options = {
        ttl: 60,
        vary: [field],
        keyGenerator: ({ headers }: Request) => headers.get(field) ?? '',
      };
      const asked = route(options, ({ headers }) => {
        const value = headers.get(field);
        return new Response(value, { headers: { vary: field } });
      });
      await asked.get();
      expect(status(await asked.get('/', { headers: { [field]: 'a' } }))).toMatch(
        field === 'cookie' ? /detail=reads-cookie$/ : /detail=authorization$/,
      );
      await asked.get();
      expect(asked.calls).toBe(3);
    }
  });

  it('by what the fields in its Vary say, each variant apart', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, ({ headers }) => {
      const language = headers.get('accept-language');
      return new Response(language, { headers: { vary: 'Accept-Language' } });
    });
    const ask = async (language: string) => {
      const response = await asked.get('/', { headers: { 'accept-language': language } });
      return [xCache(response), await response.text()];
    };
    for (const outcome of ['MISS', 'HIT']) {
      for (const language of ['de', 'en', 'fr']) expect(await ask(language)).toEqual([outcome, language]);
    }
    expect(await ask(' DE')).toEqual(['HIT', 'de']);
  });

  it('by fields that only some variants depend on', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, ({ headers }) => {
      const plan = headers.get('x-plan');
      const vary = plan === 'gold' ? 'x-plan, x-region' : 'x-plan';
      return new Response(plan === 'gold' ? `gold ${headers.get('x-region')}` : plan, { headers: { vary } });
    });
    const ask = async (plan: string, region: string) => {
      const response = await asked.get('/', { headers: { 'x-plan': plan, 'x-region': region } });
      return [xCache(response), await response.text()];
    };
    expect(await ask('free', 'eu')).toEqual(['MISS', 'free']);
    expect(await ask('gold', 'eu')).toEqual(['MISS', 'gold eu']);
    expect(await ask('gold', 'us')).toEqual(['MISS', 'gold us']);
    expect(await ask('gold', 'eu')).toEqual(['HIT', 'gold eu']);
    expect(await ask('gold', 'us')).toEqual(['HIT', 'gold us']);
    expect(await ask('free', 'us')).toEqual(['HIT', 'free']);
  });

  it('by the fields of the option, which its Vary then names', async () => {
    const { route } = open();
    const asked = route({ ttl: 60, vary: ['X-Plan'] }, ({ headers }) => new Response(headers.get('x-plan')));
    const gold = await asked.get('/', { headers: { 'x-plan': 'gold' } });
    expect([await gold.text(), gold.headers.get('vary')]).toEqual(['gold', 'x-plan']);
    expect(xCache(await asked.get('/', { headers: { 'x-plan': 'free' } }))).toBe('MISS');
    expect(xCache(await asked.get('/', { headers: { 'x-plan': 'gold' } }))).toBe('HIT');
  });

  it('by the text of the key generator, and by what that read', async () => {
    const { route } = open();
    const byTier = ({ headers }: Request) => (headers.get('x-user')?.startsWith('paid') ? 'paid' : 'free');
    const asked = route({ ttl: 60, keyGenerator: byTier }, (request) => new Response(byTier(request)));
    const ask = async (user: string) => {
      const response = await asked.get(`/?from=${user}`, { headers: { 'x-user': user } });
      return [xCache(response), await response.text()];
    };
    expect(await ask('paid-1')).toEqual(['MISS', 'paid']);
    expect(await ask('paid-2')).toEqual(['HIT', 'paid']);
    expect(await ask('guest')).toEqual(['MISS', 'free']);
  });

  it('not when a client says no-cache, if the option says so; otherwise that changes nothing', async () => {
    const headers = { 'cache-control': 'no-cache' };
    for (const [clientNoCache, outcome] of [
      ['ignore', 'HIT'],
      ['bypass', 'BYPASS'],
    ] as const) {
      const { route } = open();
      const { get } = route({ ttl: 60, clientNoCache }, () => new Response('x'));
      await get();
      expect(xCache(await get('/', { headers }))).toBe(outcome);
    }
  });
});

describe('private responses', () => {
  const user = ({ headers }: Request) => headers.get('cookie')?.replace('user=', '') ?? null;

  it('without a user there is no cache', async () => {
    const { route } = open();
    const asked = route({ ttl: 60, scope: 'private', user }, () => new Response('x'));
    expect(status(await asked.get())).toBe('tbi; fwd=bypass; detail=no-user');
    await asked.get();
    expect(asked.calls).toBe(2);
  });

  it('keep caches between here and the user from taking them for everybody’s', async () => {
    const { route } = open();
    const { get } = route({ ttl: 60, scope: 'private', user }, () => new Response('x'));
    const init = { headers: { cookie: 'user=a' } };
    for (const response of [await get('/', init), await get('/', init)]) {
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('nobody ever gets another user’s response, in any order of requests and invalidations', async () => {
    const users = fc.constantFrom('ann', 'ben', 'ann ', 'user ben', '', 'ä', 'ann\u0001');
    const step = fc.record({
      user: users,
      path: fc.constantFrom('/me', '/me?x=1', '/me/ann'),
      act: fc.constantFrom('get', 'get', 'get', 'head', 'post', 'invalidate'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const { withCache, invalidateCache } = open();
        const userOf = ({ headers }: Request) => {
          const cookie = headers.get('cookie');
          return cookie === null ? null : decodeURIComponent(cookie.slice('user='.length));
        };
        const handler = withCache({ ttl: 60, scope: 'private', user: userOf })((request: Request) =>
          Response.json({ marker: userOf(request) }),
        );
        const answers = steps.map(async ({ user: name, path, act }) => {
          if (act === 'invalidate') return void (await invalidateCache('/me/*'));
          const headers = { cookie: `user=${encodeURIComponent(name)}` };
          const method = act === 'get' ? 'GET' : act.toUpperCase();
          const response = await handler(new Request(`${ORIGIN}${path}`, { method, headers }), undefined);
          if (act !== 'head') expect(await response.json()).toEqual({ marker: name });
        });
        await Promise.all(answers);
      }),
      { numRuns: 100 },
    );
  });
});
