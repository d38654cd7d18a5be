import { createDatabase, type Database } from '@tbi/database';
import { type FaultProxy, type NextServer, poll, startFaultProxy } from '@tbi/testing';
import { decode, encode, type JWT } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './support/client.ts';
import { administrator, buildSite, common, seededDatabase, startSite } from './support/site.ts';

const COOKIE = 'next-auth.session-token';
const DAY_MS = 86_400_000;
const secret = common.NEXTAUTH_SECRET;
let database: Database;
/** Between the site and its database. */
let proxy: FaultProxy;
let site: NextServer;

beforeAll(async () => {
  await buildSite();
  const databaseUrl = await seededDatabase();
  database = createDatabase(databaseUrl);
  proxy = await startFaultProxy({ target: databaseUrl });
  site = await startSite({ databaseUrl: proxy.url });
});
afterAll(async () => {
  await site?.stop();
  await Promise.all([database?.close(), proxy?.stop()]);
});

async function signedIn() {
  const client = createClient(site);
  await client.signIn(administrator);
  const token = await decode({ token: client.jar.get(COOKIE) ?? '', secret });
  return { client, token: token ?? {} };
}

const withCookie = async (token: JWT) =>
  createClient(site, new Map([[COOKIE, await encode({ token, secret, maxAge: 30 * 86_400 })]]));

/** What pages make of a cookie. They cannot change it. */
async function hasAccount(client: ReturnType<typeof createClient>): Promise<boolean> {
  const html = await (await client.ask('/en/account')).text();
  return html.includes(administrator.email);
}

describe('a session in a cookie', () => {
  it('is prolonged, but ends 90 days after its sign-in', async () => {
    const { client, token } = await signedIn();
    expect(token.signedInAt).toBeGreaterThan(Date.now() - 60_000);
    expect([await client.whoIs(), await hasAccount(client)]).toEqual([administrator.email, true]);
    const renewed = await decode({ token: client.jar.get(COOKIE) ?? '', secret });
    expect(renewed?.signedInAt).toBe(token.signedInAt);
    const young = await withCookie({ ...token, signedInAt: Date.now() - 89 * DAY_MS });
    expect([await hasAccount(young), await young.whoIs()]).toEqual([true, administrator.email]);
    const old = await withCookie({ ...token, signedInAt: Date.now() - 90 * DAY_MS });
    expect([await hasAccount(old), await old.whoIs()]).toEqual([false, undefined]);
    expect(old.jar.has(COOKIE)).toBe(false);
  });

  it('from before sign-ins were dated is dated by when it was last prolonged', async () => {
    const { signedInAt: _, ...undated } = (await signedIn()).token;
    const client = await withCookie(undated);
    expect([await hasAccount(client), await client.whoIs()]).toEqual([true, administrator.email]);
    const renewed = await decode({ token: client.jar.get(COOKIE) ?? '', secret });
    expect(renewed?.signedInAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('of another version of the user is not prolonged: it is none any more', async () => {
    const { client } = await signedIn();
    const where = { email: administrator.email };
    await database.client.user.update({ where, data: { authVersion: { increment: 1 } } });
    expect([await hasAccount(client), await client.whoIs()]).toEqual([false, undefined]);
    expect(client.jar.has(COOKIE)).toBe(false);
  });

  it('outlives a database that is away, but not by more than its 90 days', async () => {
    const { client, token } = await signedIn();
    const old = await withCookie({ ...token, signedInAt: Date.now() - 90 * DAY_MS });
    await proxy.inject({ connect: 'refuse' });
    proxy.resetConnections();
    expect([await client.whoIs(), await old.whoIs()]).toEqual([administrator.email, undefined]);
    await proxy.heal();
    await poll(() => hasAccount(client), { timeoutMs: 15_000 });
  });
});
