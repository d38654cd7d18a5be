import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { INTERNAL_REQUEST_HEADERS } from '../../apps/web/src/serve/request-headers.ts';
import { renderSite } from '../nginx/render.mjs';
import { type SiteBehindNginx, startBehindNginx } from './support/site-behind-nginx.ts';
import { type Seen, startUpstream, type Upstream } from './support/upstream.ts';

let upstream: Upstream;
let site: SiteBehindNginx;
let staticRoot: string;

const PAGE_CACHE_CONTROL = 's-maxage=3600, stale-while-revalidate=601200';

/** Answers as the site would, with what Next adds. */
function answer({ url }: Seen, response: ServerResponse) {
  if (url.startsWith('/api/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('data: first\n\n');
    return;
  }
  if (url === '/silent' || (url === '/silent-twice' && upstream.seen.length < 3)) return response.destroy();
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': url.startsWith('/private') ? 'private, no-store' : PAGE_CACHE_CONTROL,
    'content-security-policy': "script-src 'nonce-1'",
    'x-content-type-options': 'nosniff',
    'x-nextjs-cache': 'HIT',
    'x-nextjs-prerender': '1',
    'x-nextjs-stale-time': '30',
    'x-powered-by': 'Next.js',
    'x-next-cache-tags': 'reports',
    'x-middleware-rewrite': '/secret',
    'cache-status': 'tbi; hit',
  });
  response.end(`<p>${'a page '.repeat(500)}</p>`);
}

beforeAll(async () => {
  staticRoot = await mkdtemp(join(tmpdir(), 'tbi-static-'));
  await mkdir(join(staticRoot, '_next', 'static', 'chunks'), { recursive: true });
  await writeFile(join(staticRoot, '_next', 'static', 'chunks', 'a1.js'), 'console.log(1)');
  await writeFile(join(staticRoot, 'secret.txt'), 'not for browsers');
  upstream = await startUpstream(answer);
  site = await startBehindNginx({ upstreamPort: upstream.port, staticRoot });
});
afterAll(async () => {
  await site?.stop();
  await upstream?.stop();
  await rm(staticRoot, { recursive: true, force: true });
});
beforeEach(() => {
  upstream.seen.length = 0;
});

const lastSeen = () => upstream.seen.at(-1);

describe('requests through Nginx', () => {
  it('reach the site with the host, address and scheme that Nginx knows, whatever the client claims', async () => {
    await site.ask('/en', {
      headers: {
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '1',
        'x-real-ip': '1.2.3.4',
        forwarded: 'host=evil.example',
        'x-original-url': '/admin',
        'x-rewrite-url': '/admin',
        'x-http-method-override': 'DELETE',
        proxy: 'http://evil.example',
      },
    });
    const { headers } = lastSeen() ?? {};
    expect(headers).toMatchObject({
      host: site.host,
      'x-forwarded-host': site.host,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '127.0.0.1',
    });
    for (const name of [
      'x-forwarded-port',
      'x-real-ip',
      'forwarded',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
      'proxy',
    ]) {
      expect(headers, name).not.toHaveProperty(name);
    }
  });

  it('lose every header that only Next may send to itself', async () => {
    await site.ask('/en', {
      headers: Object.fromEntries(INTERNAL_REQUEST_HEADERS.map((name) => [name, '1'])),
    });
    for (const name of INTERNAL_REQUEST_HEADERS) expect(lastSeen()?.headers, name).not.toHaveProperty(name);
  });

  it('keep the headers that the browser’s part of Next sends', async () => {
    const headers = { rsc: '1', 'next-router-prefetch': '1', 'next-action': 'abc', 'next-url': '/en' };
    await site.ask('/en?_rsc=1', { headers });
    expect(lastSeen()?.headers).toMatchObject(headers);
  });

  it('that write are refused from pages of other sites, and of this one without TLS', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const origin of [
        'https://evil.example',
        `http://${site.host}`,
        'null',
        `${site.url}.evil.example`,
      ]) {
        expect((await site.ask('/en', { method, headers: { origin } })).status, origin).toBe(403);
      }
    }
    expect(upstream.seen).toHaveLength(0);
    for (const headers of [{ origin: site.url }, {}] as Record<string, string>[]) {
      expect((await site.ask('/en', { method: 'POST', headers })).status).toBe(200);
    }
    expect((await site.ask('/en', { headers: { origin: 'https://evil.example' } })).status).toBe(200);
  });

  it('share connections to the site', async () => {
    await site.ask('/en');
    const before = upstream.connections();
    for (let i = 0; i < 5; i += 1) await site.ask('/en');
    expect(upstream.connections()).toBe(before);
  });

  it('are tried on others when a worker dies over them, also twice, if they only read', async () => {
    expect((await site.ask('/silent-twice')).status).toBe(200);
    expect(upstream.seen).toHaveLength(3);
    upstream.seen.length = 0;
    expect((await site.ask('/silent')).status).toBe(502);
    expect(upstream.seen).toHaveLength(3);
    upstream.seen.length = 0;
    expect((await site.ask('/silent', { method: 'POST', body: 'x' })).status).toBe(502);
    expect(upstream.seen).toHaveLength(1);
  });

  it.each([
    '/en/account%2fx.css',
    '/en/account;a.js',
    '/en/account%3ba.js',
    '/en//account',
    '/en/./account',
    '/en/../api/metrics',
    '/en/%2e%2e/api/metrics',
    '/api%5cmetrics',
    '/api\\metrics',
    '/api/%256detrics',
    '/en/account%00.css',
  ])('are refused when their path can be read in two ways: %s', async (path) => {
    expect((await site.ask(path)).status).toBe(400);
    expect(upstream.seen).toHaveLength(0);
  });

  it('may have such characters in a query', async () => {
    expect((await site.ask('/en/reports?q=a%2Fb;c%25')).status).toBe(200);
    expect(lastSeen()?.url).toBe('/en/reports?q=a%2Fb;c%25');
  });

  it.each([
    '/api/metrics',
    '/api/metrics/x',
    '/api/cache/flush',
    '/api/health/redis',
    '/API/Metrics',
    '/api/%6detrics',
  ])('never reach what is for operators: %s', async (path) => {
    expect((await site.ask(path)).status).toBe(404);
    expect((await site.ask(path, { method: 'POST', body: '' })).status).toBe(404);
    expect(upstream.seen).toHaveLength(0);
  });

  it('reach it from where operators sit, events at once', async () => {
    const inside = await startBehindNginx({
      upstreamPort: upstream.port,
      variables: { TBI_OPERATORS: '127.0.0.0/8' },
    });
    try {
      expect((await inside.ask('/api/cache/entries')).status).toBe(200);
      expect(lastSeen()?.url).toBe('/api/cache/entries');
    } finally {
      await inside.stop();
    }
  });

  it('reach the plain health check', async () => {
    expect((await site.ask('/api/health')).status).toBe(200);
  });

  it('are refused when they are larger than anything the site takes', async () => {
    expect((await site.ask('/en', { method: 'POST', body: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await site.ask('/api/auth/x', { method: 'POST', body: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await site.ask('/en', { headers: { 'x-large': 'x'.repeat(9_000) } })).status).toBe(400);
    expect(upstream.seen).toHaveLength(0);
  });

  it('cannot smuggle a second request: both lengths at once are refused', async () => {
    const text = await sendRaw(
      `POST /en HTTP/1.1\r\nHost: ${site.host}\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/metrics HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(upstream.seen).toHaveLength(0);
  });
});

/** Bytes as they are, over TLS; resolves to what came back until the connection was closed. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      port: site.httpsPort,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: site.certificatePem,
    });
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.once('secureConnect', () => socket.write(bytes));
    socket.once('close', () => resolve(text));
    socket.once('error', reject);
    socket.setTimeout(2_000, () => socket.destroy());
  });
}

describe('answers through Nginx', () => {
  it('never let a client or another proxy keep a page, which would hold back edits', async () => {
    const { headers } = await site.ask('/en');
    expect(headers['cache-control']).toBe('private, no-cache');
    expect((await site.ask('/private')).headers['cache-control']).toBe('private, no-store');
  });

  it('are never kept by Nginx: each request reaches the site', async () => {
    for (const headers of [{}, { cookie: 'session=1' }, { authorization: 'Bearer x' }]) {
      upstream.seen.length = 0;
      await site.ask('/en', { headers });
      await site.ask('/en', { headers });
      expect(upstream.seen).toHaveLength(2);
    }
  });

  it('have each security header once, also those of Nginx itself', async () => {
    for (const path of ['/en', '/api/metrics', '/_next/static/chunks/a1.js', '/_next/static/none.js']) {
      const { headers } = await site.ask(path);
      expect(headers, path).toMatchObject({
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'strict-origin-when-cross-origin',
      });
      expect(headers['content-security-policy'], path).toBe(
        path === '/en' ? "script-src 'nonce-1'" : "default-src 'none'; frame-ancestors 'none'",
      );
    }
  });

  it('say nothing of what Next says to itself, nor of versions, but what its browser part needs', async () => {
    const { headers } = await site.ask('/en');
    expect(
      Object.keys(headers).filter((name) => /nextjs|middleware|powered|cache-status|cache-tags/.test(name)),
    ).toEqual(['x-nextjs-stale-time']);
    expect(headers.server).toBe('nginx');
  });

  it('are compressed', async () => {
    const { headers, body } = await askBytes('/en', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(body).toString()).toMatch(/^<p>a page /);
  });

  it('come over HTTP/2', async () => {
    const session = connectHttp2(site.url, { ca: site.certificatePem });
    try {
      const status = await new Promise((resolve, reject) => {
        session.once('error', reject);
        const stream = session.request({ ':path': '/en' });
        stream.once('response', (headers) => resolve(headers[':status']));
        stream.once('error', reject);
        stream.resume();
      });
      expect(status).toBe(200);
    } finally {
      session.close();
    }
  });

  it('pass on an event when it happens, although the answer goes on', async () => {
    const first = await new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: site.httpsPort,
          path: '/api/events',
          headers: { host: site.host },
          ca: site.certificatePem,
          servername: 'localhost',
          agent: false,
        },
        (response) => {
          response.once('data', (chunk: Buffer) => {
            outgoing.destroy();
            resolve(chunk.toString());
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end();
    });
    expect(first).toBe('data: first\n\n');
  });
});

function askBytes(path: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: site.httpsPort,
        path,
        headers: { host: site.host, ...headers },
        ca: site.certificatePem,
        servername: 'localhost',
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      },
    );
    outgoing.once('error', reject);
    outgoing.end();
  });
}

describe('static files', () => {
  it('come from disk, for ever, without the site', async () => {
    const { status, headers, body } = await site.ask('/_next/static/chunks/a1.js');
    expect([status, body]).toEqual([200, 'console.log(1)']);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(upstream.seen).toHaveLength(0);
  });

  it('that are missing are not kept', async () => {
    const { status, headers } = await site.ask('/_next/static/chunks/none.js');
    expect([status, headers['cache-control']]).toEqual([404, 'no-store']);
  });

  it('are only those of the build', async () => {
    for (const path of ['/secret.txt', '/_next/secret.txt']) {
      expect((await site.ask(path)).body).not.toContain('not for browsers');
    }
    expect((await site.ask('/_next/static/chunks/a1.js', { method: 'DELETE' })).status).toBe(403);
  });
});

describe('hosts', () => {
  it('that are not ours get no handshake, and no answer', async () => {
    await expect(site.ask('/en', { servername: 'evil.example' })).rejects.toThrow(
      /unrecognized name|handshake/i,
    );
    expect((await site.ask('/en', { headers: { host: 'evil.example' } })).status).toBe(0);
    await expect(fetch(`http://127.0.0.1:${site.httpPort}/en`)).rejects.toThrow();
    expect(upstream.seen).toHaveLength(0);
  });

  it('of ours are sent to HTTPS', async () => {
    const response = await fetch(`http://localhost:${site.httpPort}/en?q=1`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, `${site.url}/en?q=1`]);
  });
});

describe('limits', () => {
  it.each([
    ['pages', '/en', 'GET', 'PAGES'],
    ['the API', '/api/reports', 'GET', 'API'],
    ['signing in', '/api/auth/session', 'GET', 'AUTH'],
    ['writes', '/en/contact', 'POST', 'WRITES'],
  ])('of %s refuse what is over them, and nothing of the others', async (_title, path, method, name) => {
    const limited = await startBehindNginx({
      upstreamPort: upstream.port,
      variables: { [`TBI_RATE_${name}`]: '1', [`TBI_BURST_${name}`]: '2' },
    });
    try {
      const answers = await Promise.all(Array.from({ length: 8 }, () => limited.ask(path, { method })));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(4);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
      expect((await limited.ask(path === '/en' ? '/api/health' : '/en')).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });

  it('of connections hold for each address', async () => {
    const limited = await startBehindNginx({
      upstreamPort: upstream.port,
      variables: { TBI_CONNECTIONS: '2' },
    });
    const open: (() => void)[] = [];
    try {
      for (let i = 0; i < 2; i += 1) {
        await new Promise<void>((resolve, reject) => {
          const outgoing = request(
            {
              host: '127.0.0.1',
              port: limited.httpsPort,
              path: '/api/events',
              headers: { host: limited.host },
              ca: limited.certificatePem,
              servername: 'localhost',
              agent: false,
            },
            (response) => response.once('data', () => resolve()),
          );
          outgoing.on('error', reject);
          open.push(() => {
            outgoing
              .removeListener('error', reject)
              .on('error', () => {})
              .destroy();
          });
          outgoing.end();
        });
      }
      expect((await limited.ask('/en')).status).toBe(429);
    } finally {
      for (const close of open) close();
      await limited.stop();
    }
  });
});

describe('the template', () => {
  it('names what is missing or wrong, and takes nothing that ends a statement', () => {
    expect(() => renderSite({})).toThrow(/TBI_SERVER_NAME is not set/);
    expect(() => renderSite({ TBI_SERVER_NAME: 'a.example; return 200' })).toThrow(
      /TBI_SERVER_NAME has characters/,
    );
  });

  it('caches nothing and closes connections to the site before the site does', async () => {
    const text = await readFile(join(import.meta.dirname, '..', 'nginx', 'site.conf.template'), 'utf8');
    expect(text).not.toMatch(/proxy_cache(_path|_valid)?\s+(?!off)/);
    const server = await readFile(
      join(import.meta.dirname, '..', '..', 'apps', 'web', 'src', 'serve', 'main.ts'),
      'utf8',
    );
    const idleMs = Number(/IDLE_MS = ([\d_]+)/.exec(server)?.[1]?.replaceAll('_', ''));
    const keptMs = Number(/keepalive_timeout (\d+)s;\s*keepalive_requests/.exec(text)?.[1]) * 1_000;
    expect(keptMs).toBeLessThan(idleMs);
  });
});
