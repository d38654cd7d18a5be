import { poll, sleep } from '@tbi/testing';
import { describe, expect, it } from 'vitest';
import { createRoutes, status, xCache } from './support/routes.ts';

const open = createRoutes();

/** A handler that counts, with headers of its own, and fails when told to. */
function counting(headers: Record<string, string> = {}) {
  let version = 0;
  let failing: 'not' | 'throws' | '500' = 'not';
  return {
    answer() {
      version += 1;
      if (failing === 'throws') throw new Error('the database is away');
      if (failing === '500') return new Response('sorry', { status: 503 });
      return new Response(String(version), { headers });
    },
    fail(how: typeof failing) {
      failing = how;
    },
  };
}

describe('a response that has become stale', () => {
  it('is served while one request refreshes it', async () => {
    const { route } = open();
    const asked = route({ ttl: 0.05, staleWhileRevalidate: 60 }, counting().answer);
    await asked.get();
    await sleep(70);
    const stale = await Promise.all([asked.get(), asked.get(), asked.get()]);
    for (const response of stale) {
      expect([xCache(response), await response.text()]).toEqual(['STALE', '1']);
      expect(status(response)).toMatch(/^tbi; hit; ttl=-\d/);
    }
    await poll(async () => asked.calls === 2, { what: 'the refresh' });
  });

  it('is served for as long again with revalidateOnStale, and not at all without', async () => {
    for (const [revalidateOnStale, outcome] of [
      [true, 'STALE'],
      [false, 'MISS'],
    ] as const) {
      const { route } = open();
      const asked = route({ ttl: 1, revalidateOnStale }, counting().answer);
      await asked.get();
      await sleep(1_050);
      expect(xCache(await asked.get())).toBe(outcome);
    }
  });

  it.each(['throws', '500'] as const)('is served when the handler %s, if the option says so', async (how) => {
    const { route } = open();
    const { answer, fail } = counting();
    const asked = route({ ttl: 0.05, staleIfError: 60 }, answer);
    await asked.get();
    await sleep(70);
    fail(how);
    const response = await asked.get();
    expect([response.status, xCache(response), await response.text()]).toEqual([200, 'STALE', '1']);
  });

  it.each(['must-revalidate', 'no-cache', 'proxy-revalidate', 's-maxage=0'])(
    'is never served with %s, also not when its tag is marked stale',
    async (directive) => {
      const { route, cache } = open();
      const { answer, fail } = counting({ 'cache-control': `max-age=0, ${directive}`, etag: '"v"' });
      const asked = route({ staleWhileRevalidate: 60, staleIfError: 60, tags: ['t'] }, answer);
      await asked.get();
      await cache.invalidate(['t'], { mode: 'stale', expireAfterMs: 60_000 });
      expect(await (await asked.get()).text()).toBe('2');
      fail('500');
      expect((await asked.get()).status).toBe(503);
    },
  );

  it('is confirmed by a 304 of the handler, whose fields it then has', async () => {
    const { route } = open();
    let asks = 0;
    const asked = route({}, ({ headers }) => {
      asks += 1;
      const fields = {
        'cache-control': 'max-age=0',
        etag: '"v1"',
        'x-asks': String(asks),
      };
      const known = headers.get('if-none-match') === '"v1"';
      return new Response(known ? null : 'body', { status: known ? 304 : 200, headers: fields });
    });
    await asked.get();
    const again = await asked.get();
    expect([again.status, await again.text(), again.headers.get('x-asks')]).toEqual([200, 'body', '2']);
    expect(status(again)).toBe('tbi; fwd=stale; fwd-status=304; stored');
  });
});

describe('a handler that fails', () => {
  it('gives its error to everybody who waited, once, and nothing is stored', async () => {
    const { route } = open();
    const { answer, fail } = counting();
    const asked = route({ ttl: 60 }, answer);
    fail('throws');
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => asked.get()));
    expect(all.map((each) => each.status)).toEqual(Array(5).fill('rejected'));
    expect(asked.calls).toBe(1);
    fail('not');
    expect(await (await asked.get()).text()).toBe('2');
  });

  it('and says so with a 5xx runs once for all who waited, and is asked again by the next', async () => {
    const { route } = open();
    const { answer, fail } = counting({ 'cache-control': 'max-age=3600' });
    const asked = route({ ttl: 60 }, async () => {
      await sleep(30);
      return answer();
    });
    fail('500');
    const all = await Promise.all(Array.from({ length: 5 }, () => asked.get()));
    for (const response of all) expect([response.status, await response.text()]).toEqual([503, 'sorry']);
    expect(asked.calls).toBe(1);
    await asked.get();
    expect(asked.calls).toBe(2);
  });

  it('in one language tells nobody in another', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, async ({ headers }) => {
      const language = headers.get('accept-language');
      await sleep(30);
      return new Response(`sorry in ${language}`, { status: 500, headers: { vary: 'accept-language' } });
    });
    const ask = async (language: string) =>
      (await asked.get('/', { headers: { 'accept-language': language } })).text();
    expect(await Promise.all(['de', 'en', 'de'].map(ask))).toEqual([
      'sorry in de',
      'sorry in en',
      'sorry in de',
    ]);
  });

  it('and tells one user of it tells nobody else', async () => {
    const { route } = open();
    const asked = route({ ttl: 60 }, async ({ headers }) => {
      const user = headers.get('cookie');
      await sleep(30);
      return new Response(`sorry, ${user}`, { status: 500 });
    });
    const ask = async (user: string) => (await asked.get('/', { headers: { cookie: user } })).text();
    expect(await Promise.all(['ann', 'ben', 'cat'].map(ask))).toEqual([
      'sorry, ann',
      'sorry, ben',
      'sorry, cat',
    ]);
  });
});
