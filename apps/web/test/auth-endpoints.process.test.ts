import { type NextServer, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, buildSite, seededDatabase, startSite } from './support/site.ts';

let redis: RedisServer;
let site: NextServer;
beforeAll(async () => {
  await buildSite();
  redis = await startRedis({ config: { maxmemory: '64mb', 'maxmemory-policy': 'allkeys-lru' } });
  const env = { USE_REDIS_SESSIONS: 'true' };
  site = await startSite({ databaseUrl: await seededDatabase(), redis, env });
});
afterAll(async () => {
  await site?.stop();
  await redis?.stop();
});

const COOKIE = 'next-auth.session-token';
type Jar = Map<string, string>;

async function ask(jar: Jar, path: string, init: RequestInit = {}): Promise<Response> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await site.fetch(path, { ...init, headers: { cookie, ...init.headers } });
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  return response;
}

async function post(jar: Jar, path: string, fields: Record<string, string>, withToken = true) {
  const { csrfToken } = (await (await ask(jar, '/api/auth/csrf')).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, ...(withToken && { csrfToken }) });
  return ask(jar, path, { method: 'POST', body });
}

const signIn = (jar: Jar, withToken = true, more: Record<string, string> = {}) =>
  post(jar, '/api/auth/callback/credentials', { ...administrator, ...more }, withToken);

const whoIs = async (jar: Jar) =>
  ((await (await ask(jar, '/api/auth/session')).json()) as { user?: { email: string } }).user?.email;

describe('a request that another site makes a browser send', () => {
  it('signs nobody in', async () => {
    const jar: Jar = new Map();
    await signIn(jar, false);
    expect(jar.has(COOKIE)).toBe(false);
    await signIn(jar);
    expect(await whoIs(jar)).toBe(administrator.email);
  });

  it('signs nobody out', async () => {
    const jar: Jar = new Map();
    await signIn(jar);
    await post(jar, '/api/auth/signout', {}, false);
    await ask(jar, '/api/auth/signout');
    expect(await whoIs(jar)).toBe(administrator.email);
    await post(jar, '/api/auth/signout', {});
    expect(await whoIs(jar)).toBeUndefined();
  });

  it('runs no server action', async () => {
    const jar: Jar = new Map();
    await signIn(jar);
    const response = await ask(jar, '/en/account', {
      method: 'POST',
      headers: {
        origin: 'https://evil.example',
        'next-action': 'f'.repeat(42),
        'content-type': 'text/plain',
      },
      body: '[]',
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await whoIs(jar)).toBe(administrator.email);
  });

  it('sends nobody to another site', async () => {
    for (const callbackUrl of ['https://evil.example/', '//evil.example', 'javascript:alert(1)']) {
      const response = await signIn(new Map(), true, { callbackUrl });
      const location = new URL(response.headers.get('location') ?? '', 'http://localhost:3000');
      expect(location.hostname, callbackUrl).toBe('localhost');
    }
  });
});

describe('the cookie of a session', () => {
  it('is out of reach of scripts and of other sites, and new with every sign-in', async () => {
    const jar: Jar = new Map();
    const first = await signIn(jar);
    const line = first.headers.getSetCookie().find((cookie) => cookie.startsWith(`${COOKIE}=`));
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    const before = jar.get(COOKIE) ?? '';
    await signIn(jar);
    expect(jar.get(COOKIE)).not.toBe(before);
    expect(await whoIs(new Map([[COOKIE, before]]))).toBeUndefined();
  });

  it('is prolonged once a day where an answer can carry it, and nowhere else', async () => {
    const jar: Jar = new Map();
    await signIn(jar);
    const prolonged = async (path: string) =>
      (await ask(jar, path)).headers.getSetCookie().find((line) => line.startsWith(`${COOKIE}=`));
    expect(await prolonged('/en/account')).toBeUndefined();
    const twoDaysAgo = String(Date.now() - 2 * 86_400_000);
    for (const key of (await redis.command('KEYS', '*{auth}:s:*')) as string[]) {
      await redis.command('HSET', key, 'refreshed', twoDaysAgo, 'expires', String(Date.now() + 86_400_000));
    }
    expect(await prolonged('/en/reports')).toBeUndefined();
    const expires = new Date(/expires=([^;]+)/i.exec((await prolonged('/en/account')) ?? '')?.[1] ?? '');
    expect(expires.getTime() - Date.now()).toBeGreaterThan(29 * 86_400_000);
    expect(await prolonged('/en/account')).toBeUndefined();
    expect(await whoIs(jar)).toBe(administrator.email);
  });

  it('that nobody has given out signs nobody in', async () => {
    for (const value of ['x', 'a'.repeat(3_000), '%00', '{auth}']) {
      expect(await whoIs(new Map([[COOKIE, value]])), value).toBeUndefined();
    }
  });
});

describe('guessing a password', () => {
  it('is stopped after ten tries from one place, whatever the process', async () => {
    const guess = async () => {
      const response = await post(new Map(), '/api/auth/callback/credentials', {
        email: 'guessed@example.com',
        password: 'wrong',
      });
      return new URL(response.headers.get('location') ?? '', site.url).searchParams.get('error');
    };
    const errors: (string | null)[] = [];
    for (let i = 0; i < 11; i += 1) errors.push(await guess());
    expect(errors).toEqual([...Array(10).fill('CredentialsSignin'), 'too-many']);
    const keys = (await redis.command('KEYS', '*throttle*')) as string[];
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.join()).not.toContain('guessed');
  });
});

describe('a sessions Redis that may evict', () => {
  it('is warned of in the log and in the health check', async () => {
    expect(await site.readLogs()).toMatch(/\[sessions\] .*may evict.*allkeys-lru.*noeviction/);
    const health = await (await site.fetch('/api/health')).json();
    expect(health).toMatchObject({
      status: 'ok',
      sessions: { kept: 'in Redis', status: 'ready', warning: expect.stringContaining('noeviction') },
    });
  });
});
