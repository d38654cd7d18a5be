import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NextRequest } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { config, proxy } from '../src/proxy.ts';

const site = 'http://site.test';
const request = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`${site}${path}`, { headers }));

const isAsked = (path: string) => new RegExp(`^${config.matcher}$`).test(path);

describe('the proxy', () => {
  it('lets pages in a language pass untouched', async () => {
    const response = await request('/de/reports?page=2', { cookie: 'locale=fr', 'accept-language': 'ja' });
    expect(response.headers.get('x-middleware-next')).toBe('1');
    expect(response.headers.get('cache-control')).toBeNull();
    expect(response.headers.get('vary')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('sends the root to the visitor’s language, for this visitor only', async () => {
    const response = await request('/', { 'accept-language': 'de-CH' });
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`${site}/de`);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toBe('accept-language, cookie');
  });

  it('prefers the remembered language, and keeps path and query', async () => {
    const response = await request('/reports?q=solar&page=2', {
      'accept-language': 'de',
      cookie: 'locale=ko',
    });
    expect(response.headers.get('location')).toBe(`${site}/ko/reports?q=solar&page=2`);
  });

  it.each(['//evil.example', '/\\evil.example', '/@evil.example', '/http://evil.example'])(
    'never sends %s to another site',
    async (path) => {
      const location = (await request(path)).headers.get('location') ?? '';
      expect(new URL(location).origin).toBe(site);
    },
  );

  it.each([
    ['/', true],
    ['/reports', true],
    ['/en/reports/solar-market', true],
    ['/apiary', true],
    ['/api/health', false],
    ['/_next/static/chunk', false],
    ['/sitemap.xml', false],
    ['/favicon.ico', false],
  ])('is asked about %s: %s', (path, asked) => {
    expect(isAsked(path)).toBe(asked);
  });

  it('is asked about no route whose hits are given before it', () => {
    const paths = routesWithFront().map(({ file }) => `/${dirname(file)}`);
    expect(paths).toContain('/api/reports/[slug]');
    expect(paths.filter(isAsked)).toEqual([]);
  });
});

describe('a route whose hits are given before Next', () => {
  it.each(routesWithFront())(
    '$file exports cached handlers as they are: no guard would be asked',
    ({ code }) => {
      const exported = code.match(/^export .*/gm) ?? [];
      expect(exported.length).toBeGreaterThan(0);
      const name = /^const (\w+) = withCache\(/m.exec(code)?.[1] ?? 'withCache';
      for (const line of exported) expect(line).toMatch(new RegExp(`^export const [A-Z]+ = ${name}\\(`));
    },
  );
});

function routesWithFront() {
  const app = join(import.meta.dirname, '..', 'src', 'app');
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts'))
    .map((file) => ({ file, code: readFileSync(join(app, file), 'utf8') }))
    .filter(({ code }) => code.includes('front: true'));
}
