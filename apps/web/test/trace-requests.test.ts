import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tracedRequests, traceRequests } from '../src/server/development/trace-requests.ts';

const codec = { encode: (text: string) => Buffer.from(text), decode: (bytes: Buffer) => String(bytes) };

let cache: Cache;
let server: Server;
let url: string;

beforeAll(async () => {
  cache = createCache({ backend: memoryBackend() });
  traceRequests(cache.events);
  server = createServer(async (request, response) => {
    const key = new URL(request.url ?? '', 'http://localhost').searchParams.get('key') ?? '';
    await cache.getOrSet('use-cache', key, async () => 'value', { codec });
    if (key === 'own') response.setHeader('cache-status', 'tbi; hit');
    response.writeHead(200);
    await cache.get('fetch', `${key} later`);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await cache.close();
});

const ask = async (path: string) => (await fetch(`${url}${path}`)).headers;
const idOf = (headers: Headers) => /desc="([^"]+)"/.exec(headers.get('server-timing') ?? '')?.[1] ?? '';

describe('a response in development', () => {
  it('says which layers it went through: a miss, then a hit', async () => {
    expect((await ask('/?key=a')).get('cache-status')).toBe(
      'tbi-use-cache; fwd=uri-miss; detail="origin absent"',
    );
    expect((await ask('/?key=a')).get('cache-status')).toBe('tbi-use-cache; hit; detail="l1 fresh"');
  });

  it('keeps what the response said itself in front', async () => {
    expect((await ask('/?key=own')).get('cache-status')).toMatch(/^tbi; hit, tbi-use-cache; /);
  });

  it('tells its own lookups only, also those that came after its headers', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(`/?key=k${i}`)));
    const traced = all.map((headers) => tracedRequests().get(idOf(headers)));
    expect(traced.map((request) => request?.path)).toEqual(all.map((_, i) => `/?key=k${i}`));
    for (const request of traced)
      expect(request?.lookups.map(({ kind }) => kind)).toEqual(['use-cache', 'fetch']);
  });

  it('says nothing for files, and forgets old requests', async () => {
    expect((await ask('/_next/static/a.js')).get('server-timing')).toBeNull();
    for (let i = 0; i < 210; i += 1) await ask('/?key=a');
    expect(tracedRequests().size).toBeLessThanOrEqual(200);
  });
});
