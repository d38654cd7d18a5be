import { createCache, memoryBackend } from '@tbi/cache';
import { type FetchServer, poll, sleep, startFetchServer } from '@tbi/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createRouteCache, type RouteCacheOptions } from '../src/index.ts';
import { readBody } from '../src/read-body.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A route on a real server, over connections that clients can cut. */
async function serve(options: RouteCacheOptions, answer: (request: Request) => Response | Promise<Response>) {
  const cache = createCache({ backend: memoryBackend() });
  const { withCache } = createRouteCache({ cache });
  const handler = withCache(options)(answer);
  const server: FetchServer = await startFetchServer((request) => handler(request, undefined));
  closing.push(() => cache.close(), server.stop);
  const get = (init?: RequestInit) => fetch(server.url, init);
  const outcome = async () => {
    const response = await get();
    await response.body?.cancel();
    return response.headers.get('x-cache');
  };
  return { get, outcome, cache };
}

/** A body that a test sends piece by piece. */
function handMade() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
    },
    cancel() {
      cancelled = true;
    },
  });
  return {
    body,
    send: (text: string) => controller?.enqueue(Buffer.from(text)),
    end: () => controller?.close(),
    fail: () => controller?.error(new Error('cut')),
    get cancelled() {
      return cancelled;
    },
  };
}

/** What is said of a response whose body nobody wants. */
async function drop(response: Promise<Response>): Promise<string> {
  const { headers, body } = await response;
  await body?.cancel();
  return headers.get('cache-status') ?? '';
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  const chunk = await reader?.read();
  return Buffer.from(chunk?.value ?? []).toString();
}

describe('a body that takes its time', () => {
  it('reaches the client while it is stored, and then is a hit', async () => {
    const source = handMade();
    const { get, outcome } = await serve({ ttl: 60 }, () => new Response(source.body));
    source.send('first ');
    const response = await get();
    const reader = response.body?.getReader();
    expect(await readChunk(reader)).toBe('first ');
    source.send('second');
    expect(await readChunk(reader)).toBe('second');
    source.end();
    await poll(async () => (await outcome()) === 'HIT', { what: 'the body to be stored' });
    expect(await (await get()).text()).toBe('first second');
  });

  it('is stored also when its client goes away, for all who wait for it', async () => {
    const source = handMade();
    let calls = 0;
    const { get } = await serve({ ttl: 60 }, ({ signal }) => {
      calls += 1;
      signal.addEventListener('abort', () => source.fail());
      return new Response(source.body);
    });
    const leaving = new AbortController();
    const first = await Promise.all([get({ signal: leaving.signal }), Promise.resolve(source.send('a'))]);
    expect(first[0].status).toBe(200);
    const waiting = Array.from({ length: 3 }, () => get());
    await sleep(50);
    leaving.abort();
    await sleep(50);
    source.send('b');
    source.end();
    for (const response of await Promise.all(waiting)) {
      expect(response.headers.get('cache-status')).toMatch(/; collapsed$/);
      expect(await response.text()).toBe('ab');
    }
    expect(calls).toBe(1);
  });

  it('that breaks off is broken for its client, and not stored', async () => {
    const source = handMade();
    const { get, outcome } = await serve({ ttl: 60 }, () => new Response(source.body));
    source.send('a');
    const response = await get();
    source.fail();
    await expect(response.text()).rejects.toThrow();
    expect(await outcome()).not.toBe('HIT');
  });

  it('that is shorter than announced is not stored', async () => {
    let calls = 0;
    const { get } = await serve({ ttl: 60 }, () => {
      calls += 1;
      return new Response('abc', { headers: { 'content-length': '10' } });
    });
    await get().catch(() => {});
    await get().catch(() => {});
    expect(calls).toBe(2);
  });
});

describe('a body above the cap', () => {
  const MAX_BYTES = 100_000;

  it('reaches its client whole, and is not stored', async () => {
    const text = 'x'.repeat(MAX_BYTES * 5);
    const { get, cache } = await serve({ ttl: 60, maxBytes: MAX_BYTES }, () => {
      const pieces = Array.from({ length: 50 }, (_, i) => text.slice(i * 10_000, (i + 1) * 10_000));
      return new Response(
        new ReadableStream({
          pull(controller) {
            const piece = pieces.shift();
            if (piece === undefined) controller.close();
            else controller.enqueue(Buffer.from(piece));
          },
        }),
      );
    });
    for (let i = 0; i < 2; i += 1) expect((await (await get()).text()).length).toBe(text.length);
    expect(cache.stats().l1.entries).toBe(0);
  });

  it('is not waited for by later requests', async () => {
    const slow = () =>
      new ReadableStream({
        async pull(controller) {
          await sleep(5);
          controller.enqueue(Buffer.alloc(MAX_BYTES / 2));
        },
      });
    const { get } = await serve({ ttl: 60, maxBytes: MAX_BYTES }, () => new Response(slow()));
    const first = await get();
    await poll(async () => (await drop(get())).includes('not-shared'), { what: 'the URL to be remembered' });
    await first.body?.cancel();
  });

  it('that a refresh in the background finds is given up', async () => {
    let runs = 0;
    let cancelled = false;
    const endless = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(Buffer.alloc(10_000)),
        cancel() {
          cancelled = true;
        },
      });
    const { get } = await serve({ ttl: 0.05, staleWhileRevalidate: 60, maxBytes: MAX_BYTES }, () => {
      runs += 1;
      return new Response(runs === 1 ? 'small' : endless());
    });
    await drop(get());
    await sleep(60);
    expect(await (await get()).text()).toBe('small');
    await poll(async () => cancelled, { what: 'the source to be cancelled' });
  });

  it('is read no faster than its client takes it, and no further when that goes away', async () => {
    let made = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          made += 1;
          controller.enqueue(Buffer.alloc(10_000));
        },
        cancel() {
          made = Number.NaN;
        },
      });
    const { get } = await serve({ ttl: 60, maxBytes: MAX_BYTES }, () => new Response(endless()));
    const leaving = new AbortController();
    const response = await get({ signal: leaving.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    await sleep(100);
    const soFar = made;
    await sleep(100);
    // Sockets hold some of it; the rest waits.
    expect(made - soFar).toBeLessThan(5);
    leaving.abort();
    await poll(async () => Number.isNaN(made), { what: 'the source to be cancelled' });
  });
});

describe('a body that never ends', () => {
  it('belongs to its client alone after the deadline, piece by piece', async () => {
    const source = handMade();
    source.send('a');
    let client: ReadableStream<Uint8Array> | undefined;
    const read = await readBody(source.body, {
      maxBytes: 1_000,
      deadlineMs: 30,
      onStream(stream) {
        client = stream;
        return true;
      },
    });
    expect(read).toBeNull();
    const reader = client?.getReader();
    source.send('b');
    expect([await readChunk(reader), await readChunk(reader)]).toEqual(['a', 'b']);
    await reader?.cancel();
    expect(source.cancelled).toBe(true);
  });

  it('is given up then when nobody waits for it', async () => {
    const source = handMade();
    const read = await readBody(source.body, { maxBytes: 1_000, deadlineMs: 30, onStream: () => false });
    expect([read, source.cancelled]).toEqual([null, true]);
  });
});

describe('events', () => {
  it('pass through one by one, and end with their client', async () => {
    const source = handMade();
    const { get } = await serve(
      { ttl: 60 },
      () => new Response(source.body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
    );
    const leaving = new AbortController();
    const response = await get({ signal: leaving.signal });
    expect(response.headers.get('cache-status')).toContain('detail=endless');
    const reader = response.body?.getReader();
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      source.send(event);
      expect(await readChunk(reader)).toBe(event);
    }
    leaving.abort();
    await poll(async () => source.cancelled, { what: 'the source to be cancelled' });
  });
});

describe('a response that cannot be shared', () => {
  it('goes to its own client; those who waited are served at the same time, and later ones do not wait', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const { get } = await serve({ ttl: 60 }, async () => {
      calls += 1;
      const call = calls;
      running += 1;
      most = Math.max(most, running);
      await sleep(100);
      running -= 1;
      return new Response('x', { headers: { 'set-cookie': `session=${call}` } });
    });
    const cookies = (await Promise.all(Array.from({ length: 6 }, () => get()))).map((each) =>
      each.headers.get('set-cookie'),
    );
    expect(new Set(cookies).size).toBe(6);
    expect(most).toBe(5);
    most = 0;
    await Promise.all(Array.from({ length: 6 }, () => get()));
    expect(most).toBe(6);
  });

  it('because its client was refused leaves the others alone', async () => {
    const refuse = ({ headers }: Request) =>
      headers.get('x-forwarded-for') === 'flood' ? new Response('slow down', { status: 429 }) : null;
    const { get } = await serve({ ttl: 60, admit: refuse }, async () => {
      await sleep(50);
      return new Response('x');
    });
    const refused = get({ headers: { 'x-forwarded-for': 'flood' } });
    const served = Promise.all([get(), get()]);
    expect((await refused).status).toBe(429);
    for (const response of await served) expect(await response.text()).toBe('x');
    expect((await get({ headers: { 'x-forwarded-for': 'flood' } })).headers.get('x-cache')).toBe('HIT');
  });
});
