import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  buildNext,
  findFreePort,
  type NextServer,
  poll,
  type RedisServer,
  startNext,
  startRedis,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProvider } from './support/provider.ts';
import { closeAll, type Store, settingsOf, storeAt } from './support/stores.ts';
import { createVisitor } from './support/visitor.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
const inputs = ['../src', './fixtures/shared', '../../redis/src', '../package.json'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
type Visitor = ReturnType<typeof createVisitor>;

describe.each([
  { name: 'next-auth 4.24.15', app: 'app-4', cookie: 'next-auth.session-token' },
  { name: 'next-auth 5.0.0-beta.32', app: 'app-5', cookie: 'authjs.session-token' },
])('$name on the adapter', ({ app, cookie }) => {
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let redis: RedisServer;
  let site: NextServer;
  let store: Store;

  beforeAll(async () => {
    await buildNext({ dir: fixture(app), inputs });
    [provider, redis] = await Promise.all([
      startProvider(),
      startRedis({ user: 'sessions', config: { appendonly: 'yes', appendfsync: 'always' } }),
    ]);
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      REDIS_SETTINGS: JSON.stringify(settingsOf(redis.url)),
      PROVIDER_URL: provider.url,
      NEXTAUTH_URL: url,
      AUTH_URL: url,
    };
    site = await startNext({ dir: fixture(app), port, env });
    store = storeAt(redis.url, { updateAgeMs: 0 });
  });
  afterAll(async () => {
    await closeAll();
    await Promise.all([site?.stop(), redis?.stop(), provider?.close()]);
  });

  const me = async (visitor: Visitor) =>
    (await visitor.json<{ session: { userId: string; user: { email: string } } | null }>('/api/me')).session;

  async function withProvider(visitor: Visitor, profile: { sub: string; email: string; name: string }) {
    const begun = await visitor.post('/api/auth/signin/fake', { callbackUrl: '/' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code: provider.codeFor(profile), state });
    return visitor.ask(`/api/auth/callback/fake?${query}`);
  }

  async function linkFor(email: string): Promise<string> {
    await createVisitor(site).post('/api/auth/signin/email', { email, callbackUrl: '/' });
    const sent = await poll(() => provider.links.find(({ identifier }) => identifier === email));
    provider.links.splice(0);
    const { pathname, search } = new URL(sent.url);
    return pathname + search;
  }

  it('signs in through a provider: user, account and session are stored, and found the next time', async () => {
    const profile = { sub: 'p-1', email: 'provided@example.com', name: 'Provided' };
    const [one, other] = [createVisitor(site), createVisitor(site)];
    await withProvider(one, profile);
    const session = await me(one);
    expect(session).toMatchObject({ user: { email: profile.email, name: 'Provided' } });
    expect(await store.adapter.getAccount('p-1', 'fake')).toMatchObject({ userId: session?.userId });
    await withProvider(other, profile);
    expect((await me(other))?.userId).toBe(session?.userId);
    expect(await store.control.list(session?.userId ?? '')).toMatchObject([
      { browser: 'Firefox', addressPrefix: '203.0.113.0/24' },
      { browser: 'Firefox', addressPrefix: '203.0.113.0/24' },
    ]);
  });

  it('signs in by a link, once', async () => {
    const visitor = createVisitor(site);
    const link = await linkFor('linked@example.com');
    await visitor.ask(link);
    const session = await me(visitor);
    expect(session?.user.email).toBe('linked@example.com');
    expect((await store.adapter.getUserByEmail('linked@example.com'))?.emailVerified).toBeInstanceOf(Date);
    const second = createVisitor(site);
    await second.ask(link);
    expect(await me(second)).toBeNull();
    const again = createVisitor(site);
    await again.ask(await linkFor('linked@example.com'));
    expect((await me(again))?.userId).toBe(session?.userId);
  });

  it('gives a new session to each sign-in, and ends the one before, also of the same user', async () => {
    const profile = { sub: 'p-2', email: 'rotated@example.com', name: 'Rotated' };
    const visitor = createVisitor(site);
    await withProvider(visitor, profile);
    const before = visitor.jar.get(cookie) ?? '';
    await withProvider(visitor, profile);
    const after = visitor.jar.get(cookie) ?? '';
    expect([before.length > 20, after.length > 20, before === after]).toEqual([true, true, false]);
    expect(await store.adapter.getSessionAndUser(before)).toBeNull();
    expect(await me(visitor)).not.toBeNull();
  });

  it('links no account to a session that somebody else put into the browser', async () => {
    const [attacker, victim] = [createVisitor(site), createVisitor(site)];
    await attacker.ask(await linkFor('attacker@example.com'));
    victim.jar.set(cookie, attacker.jar.get(cookie) ?? '');
    await withProvider(victim, { sub: 'p-3', email: 'victim@example.com', name: 'Victim' });
    expect((await me(victim))?.user.email).toBe('victim@example.com');
    expect(await me(attacker)).toBeNull();
  });

  it('nor to one under the name of a part of a cookie', async () => {
    const [attacker, victim] = [createVisitor(site), createVisitor(site)];
    await attacker.ask(await linkFor('another-attacker@example.com'));
    victim.jar.set(`${cookie}.0`, attacker.jar.get(cookie) ?? '');
    await withProvider(victim, { sub: 'p-4', email: 'second-victim@example.com', name: 'Victim' });
    const own = await store.adapter.getUserByAccount({ provider: 'fake', providerAccountId: 'p-4' });
    expect(own?.email).toBe('second-victim@example.com');
    victim.jar.delete(`${cookie}.0`);
    expect((await me(victim))?.user.email).toBe('second-victim@example.com');
  });

  it('refreshes a session where it can set the cookie, and nowhere else', async () => {
    const visitor = createVisitor(site);
    await visitor.ask(await linkFor('refreshed@example.com'));
    const token = visitor.jar.get(cookie) ?? '';
    const refreshedOf = async () => {
      const key = (await store.dump()).find((entry) => entry.key.endsWith(idOf(token)));
      return Number(JSON.parse(key?.text ?? '{}').refreshed);
    };
    const first = await refreshedOf();
    await me(visitor);
    expect(await refreshedOf()).toBe(first);
    const response = await visitor.ask('/api/auth/session');
    expect(response.headers.getSetCookie().join()).toContain(token);
    expect(await refreshedOf()).toBeGreaterThan(first);
  });

  it('signs out', async () => {
    const visitor = createVisitor(site);
    await visitor.ask(await linkFor('leaving@example.com'));
    const token = visitor.jar.get(cookie) ?? '';
    await visitor.post('/api/auth/signout', { callbackUrl: '/' });
    expect(await me(visitor)).toBeNull();
    expect(await store.adapter.getSessionAndUser(token)).toBeNull();
  });

  it('keeps the cookie while Redis is away, and the visitor is still signed in afterwards', async () => {
    const visitor = createVisitor(site);
    await visitor.ask(await linkFor('patient@example.com'));
    const token = visitor.jar.get(cookie);
    await redis.kill('SIGKILL');
    await visitor.ask('/api/auth/session');
    expect(await me(visitor)).toBeNull();
    expect(visitor.jar.get(cookie)).toBe(token);
    await redis.restart({ keepData: true });
    await poll(async () => (await me(visitor)) !== null, { timeoutMs: 15_000 });
    expect(visitor.jar.get(cookie)).toBe(token);
  });
});

/** As `authKeys` names a session. */
const idOf = (token: string) =>
  createHash('sha256')
    .update(JSON.stringify(['session', token]))
    .digest('base64url');
