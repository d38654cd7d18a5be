/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  type Browser,
  createTemporaryFolder,
  findFreePort,
  launchBrowser,
  type NextServer,
  type Page,
  type RedisServer,
  sleep,
  startRedis,
  type TemporaryFolder,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  administrator,
  buildSite,
  editReport,
  openDesk,
  seededDatabase,
  standalone,
  startSite,
} from '../../apps/web/test/support/site.ts';
import { type SiteBehindNginx, startBehindNginx } from './support/site-behind-nginx.ts';

/** Where nobody should ever be sent to. */
const EVIL = 'evil.example';
const slug = 'wearable-cardiac-monitors-market';

let files: TemporaryFolder;
let redis: RedisServer;
let site: NextServer;
let nginx: SiteBehindNginx;
let browser: Browser;
let desk: Page;
let cookie: string;

beforeAll(async () => {
  await buildSite();
  const port = await findFreePort();
  files = await createTemporaryFolder('static');
  await mkdir(join(files.path, '_next'));
  await symlink(join(standalone, 'apps', 'web', '.next', 'static'), join(files.path, '_next', 'static'));
  redis = await startRedis({ config: { maxmemory: '24mb', 'maxmemory-policy': 'volatile-lru' } });
  nginx = await startBehindNginx({
    upstreamPort: port,
    staticRoot: files.path,
  });
  site = await startSite({
    databaseUrl: await seededDatabase(),
    redis,
    env: { NEXTAUTH_URL: nginx.url },
    port,
  });
  browser = await launchBrowser();
  desk = await openDesk(browser, nginx);
  cookie = (await desk.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
});
afterAll(async () => {
  await browser?.close();
  await nginx?.stop();
  await site?.stop();
  await redis?.stop();
  await files?.remove();
});

const mainPages = [
  '/en',
  '/de/reports',
  `/en/reports/${slug}`,
  '/en/reports?q=market',
  '/ja/categories',
  '/en/sign-in',
  '/fr/nothing-here',
];

describe('the policy for scripts', () => {
  it('is kept by every main page, at its first visit and from the cache, and scripts run', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text()))
        violations.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => violations.push(`${page.url()}: ${error.message}`));
    for (const path of [...mainPages, ...mainPages]) {
      const response = await page.goto(`${nginx.url}${path}`, { waitUntil: 'load' });
      expect(response?.headers()['content-security-policy'], path).toMatch(
        /script-src 'self' 'nonce-[0-9a-f]{32}'/,
      );
      // React has taken over: it marks what it manages.
      await page.waitForFunction(() =>
        Object.keys(document.body.firstElementChild ?? {}).some((key) => key.startsWith('__react')),
      );
    }
    await desk.goto(`${nginx.url}/en/admin`);
    await desk.goto(`${nginx.url}/en/account`);
    expect(violations).toEqual([]);
    await context.close();
  });

  it('stops a script that somebody smuggled in, and handlers in attributes', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${nginx.url}/en`);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.smuggled = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="/none.png" onerror="window.smuggled = true">');
      const elsewhere = document.createElement('script');
      elsewhere.src = 'https://evil.example/a.js';
      document.body.append(elsewhere);
    });
    await sleep(500);
    expect(await page.evaluate(() => 'smuggled' in window)).toBe(false);
    await context.close();
  });

  it('has another nonce for each response of a cached page, and never shows what stands for it', async () => {
    const placeholder = readFileSync(join(standalone, 'apps', 'web', '.next', 'nonce-placeholder'), 'utf8');
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i += 1) {
      for (const path of mainPages) {
        const { headers, body } = await nginx.ask(path);
        expect(body.includes(placeholder) || JSON.stringify(headers).includes(placeholder), path).toBe(false);
        nonces.add(/'nonce-([0-9a-f]+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '');
      }
    }
    expect(nonces.size).toBe(5 * mainPages.length);
    const payload = await nginx.ask(`/en/reports/${slug}?_rsc=1`, { headers: { rsc: '1' } });
    expect(payload.body).not.toContain(placeholder);
  });

  it('takes no nonce from a visitor, also past Nginx', async () => {
    const headers = { 'content-security-policy': "script-src 'nonce-chosen'" };
    const path = '/en/reports/surgical-robotics-market';
    await nginx.ask(path, { headers });
    await site.fetch(path, { headers });
    expect((await nginx.ask(path)).body).not.toContain('chosen');
  });
});

describe('a page in the cache', () => {
  it('is the same for everybody, whatever headers the one had who asked for it first', async () => {
    const attempts: Record<string, string>[] = [
      { 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'http' },
      { 'x-original-url': '/en/admin', 'x-rewrite-url': '/en/admin' },
      {
        'x-middleware-rewrite': `https://${EVIL}/`,
        'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      },
      { 'x-matched-path': '/en/admin', 'x-invoke-path': '/en/admin', 'x-invoke-status': '500' },
      { 'x-prerender-revalidate': 'guess', 'x-now-route-matches': '1=x' },
      { 'next-resume': '1', 'x-next-resume-state-length': '3' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { 'accept-language': 'xx', 'user-agent': '<script>alert(1)</script>', referer: `https://${EVIL}/` },
      { range: 'bytes=0-10', 'if-none-match': '*', 'accept-encoding': 'identity' },
    ];
    for (const [index, headers] of attempts.entries()) {
      const path = `/en/reports?q=market&page=${index + 1}`;
      // Past Nginx too: what it strips must not be all that stands in between.
      await site.fetch(path, { headers: { ...headers, host: EVIL } }).catch(() => null);
      await nginx.ask(path, { headers });
      const clean = await nginx.ask(path);
      expect(clean.status, path).toBe(200);
      expect(clean.headers['content-type']).toMatch(/^text\/html/);
      expect(clean.body, JSON.stringify(headers)).not.toMatch(/evil\.example|alert\(1\)/);
      expect(clean.body).toMatch(/<\/html>/);
    }
  });

  it('is not what belongs to somebody, under no disguise of the path', async () => {
    for (const path of ['/en/account', '/en/admin']) {
      for (const disguise of [
        '',
        '/x.css',
        ';a.js',
        '%2fx.css',
        '%00.css',
        '/..%2fx.js',
        '.css',
        '?x=.css',
        '/x.png',
      ]) {
        const mine = await nginx.ask(`${path}${disguise}`, { headers: { cookie } });
        const theirs = await nginx.ask(`${path}${disguise}`);
        expect(theirs.body, `${path}${disguise}`).not.toContain(administrator.email);
        // No shared cache may keep it, and only a page is allowed to show who is signed in.
        expect(String(mine.headers['cache-control'] ?? 'private')).not.toMatch(/public|s-maxage/);
        if (mine.body.includes(administrator.email)) expect(disguise).toMatch(/^(\?.*)?$/);
      }
    }
  });

  it('does not crowd out the site: a flood of made-up addresses keeps within the memory of Redis', async () => {
    const flood = Array.from({ length: 300 }, (_, index) =>
      index % 3 === 0 ? `/en/reports?q=${index}-${'x'.repeat(50)}` : `/en/reports/made-up-${index}`,
    );
    for (let at = 0; at < flood.length; at += 10) {
      const answers = await Promise.all(flood.slice(at, at + 10).map((path) => nginx.ask(path)));
      for (const { status } of answers) expect([200, 404]).toContain(status);
    }
    const info = String(await redis.command('INFO', 'memory'));
    expect(Number(/^used_memory_dataset:(\d+)/m.exec(info)?.[1])).toBeLessThan(24 * 1024 * 1024);
    expect((await nginx.ask('/en')).status).toBe(200);
  });
});

describe('signing in', () => {
  it('leaves cookies that neither scripts nor other sites nor plain HTTP get', async () => {
    const cookies = await desk.context().cookies();
    const session = cookies.find(({ name }) => name.includes('session-token'));
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax' });
    expect(session?.name).toMatch(/^__(Secure|Host)-/);
  });
});

describe('a form of the site', () => {
  it('cannot be sent by another site in the name of somebody who is signed in', async () => {
    const posted = desk.waitForRequest((sent) => sent.method() === 'POST' && sent.url().includes('/admin'));
    await editReport(desk, nginx, 'Wearable Cardiac', { price: '4111' });
    const saved = await posted;
    const body = saved.postDataBuffer() ?? Buffer.alloc(0);
    const path = saved.url().replace(nginx.url, '');
    const sent = await saved.allHeaders();
    const headers = Object.fromEntries(
      ['content-type', 'next-action', 'next-router-state-tree', 'accept'].flatMap((name) =>
        sent[name] === undefined ? [] : [[name, sent[name]]],
      ),
    );
    for (const origin of [`https://${EVIL}`, 'null', `http://${nginx.host}`]) {
      const forged = { ...headers, cookie, origin, 'x-forwarded-host': EVIL };
      expect((await nginx.ask(path, { method: 'POST', headers: forged, body })).status, origin).toBe(403);
    }
    // The site itself refuses them as well, whoever lets them through to it.
    for (const origin of [`https://${EVIL}`, 'null']) {
      const forged = { ...headers, cookie, origin, host: nginx.host };
      expect(await statusPastNginx(path, forged, body), origin).toBeGreaterThanOrEqual(400);
    }
    // What an action leads to is fetched from the worker itself, whatever scheme the proxy has.
    expect(await site.readLogs()).not.toMatch(/failed to get redirect response|ERR_SSL_/);
    // The same bytes from a page of the site are taken: it was the origin alone that was refused.
    const own = { ...headers, cookie, origin: nginx.url };
    expect((await nginx.ask(path, { method: 'POST', headers: own, body })).status).toBeLessThan(400);
  });
});

describe('the page of a sign-in link', () => {
  it('is taken from a browser that runs no scripts, and tells no other site its address', async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, javaScriptEnabled: false });
    const page = await context.newPage();
    const query = new URLSearchParams({ email: 'a@example.com', token: 'no-such-token', callbackUrl: '/en' });
    await page.goto(`${nginx.url}/en/sign-in/link?${query}`);
    expect(await page.locator('meta[name="referrer"]').getAttribute('content')).toBe('same-origin');
    const sent = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('main').getByRole('button').click();
    const { origin } = await (await sent).request().allHeaders();
    expect([origin, (await sent).status() < 400]).toEqual([nginx.url, true]);
    await context.close();
  });
});

/** Sends a form straight to the worker; `fetch` would not let a caller choose the host. */
function statusPastNginx(path: string, headers: Record<string, string>, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${site.url}${path}`, { method: 'POST', headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

describe('the server', () => {
  it('fetches nothing that a visitor names', async () => {
    let connections = 0;
    const port = await findFreePort();
    const trap = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(port, '127.0.0.1');
    const target = `http://127.0.0.1:${port}/`;
    const encoded = encodeURIComponent(target);
    for (const path of [
      `/_next/image?url=${encoded}&w=640&q=75`,
      `/_next/image?url=${encodeURIComponent(`//127.0.0.1:${port}/`)}&w=640&q=75`,
      `/_next/image?url=${encodeURIComponent(`/\\127.0.0.1:${port}/`)}&w=640&q=75`,
      `/en/sign-in?callbackUrl=${encoded}`,
      `/api/auth/signin?callbackUrl=${encoded}`,
    ]) {
      const direct = await site.fetch(path, { headers: { 'x-forwarded-host': `127.0.0.1:${port}` } });
      expect(direct.headers.get('location') ?? '', path).not.toContain(`:${port}`);
      await nginx.ask(path);
    }
    await nginx.ask(target).catch(() => null);
    trap.close();
    expect(connections).toBe(0);
  });
});
