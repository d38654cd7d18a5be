import { createHash } from 'node:crypto';
import { createDatabase, type Database } from '@tbi/database';
import { type NextServer, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './support/client.ts';
import { type Mailbox, startMailbox } from './support/mailbox.ts';
import { administrator, buildSite, common, seededDatabase, startSite } from './support/site.ts';

let mailbox: Mailbox;
let redis: RedisServer;
let database: Database;
/** Sessions and links in cookies and the database. */
let site: NextServer;
/** Sessions in Redis, behind https. */
let secure: NextServer;

beforeAll(async () => {
  await buildSite();
  [mailbox, redis] = await Promise.all([startMailbox(), startRedis()]);
  const databaseUrl = await seededDatabase();
  database = createDatabase(databaseUrl);
  const env = { SMTP_URL: mailbox.url, SMTP_FROM: 'site@example.com' };
  [site, secure] = await Promise.all([
    startSite({ databaseUrl, env }),
    startSite({
      databaseUrl,
      redis,
      env: { ...env, USE_REDIS_SESSIONS: 'true', NEXTAUTH_URL: 'https://localhost:3000' },
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([site?.stop(), secure?.stop()]);
  await Promise.all([redis?.stop(), mailbox?.close(), database?.close()]);
});

describe('what the site’s own forms do', () => {
  it('no endpoint does past their limits: none sends a link, nor begins a sign-in by password', async () => {
    for (const server of [site, secure]) {
      const client = createClient(server);
      for (const provider of ['email', 'credentials', 'email/more', '%65mail']) {
        const fields = { email: 'flooded@example.com', callbackUrl: '/en' };
        const { status } = await client.post(`/api/auth/signin/${provider}`, fields);
        expect(status, provider).toBe(404);
      }
    }
    expect(mailbox.count()).toBe(0);
  });

  it('no address does without a click: none signs in by a link', async () => {
    const token = 'a token that was sent';
    const row = {
      identifier: administrator.email,
      token: createHash('sha256').update(`${token}${common.NEXTAUTH_SECRET}`).digest('hex'),
      expires: new Date(Date.now() + 60_000),
    };
    await database.client.verificationToken.create({ data: row });
    const query = new URLSearchParams({ email: row.identifier, token });
    const client = createClient(site);
    for (const method of ['GET', 'POST']) {
      expect((await client.ask(`/api/auth/callback/email?${query}`, { method })).status).toBe(404);
    }
    expect(await client.whoIs()).toBeUndefined();
    expect(await database.client.verificationToken.count({ where: { token: row.token } })).toBe(1);
  });
});

describe('the form for a link', () => {
  const ask = async (client: ReturnType<typeof createClient>, email: string) =>
    (await client.submit('/en/sign-up', 'Send the link', { email })).headers.get('location');

  it('sends one that signs in by a click, and five to an address', async () => {
    const [email, client] = ['counted@example.com', createClient(site)];
    for (let i = 0; i < 5; i += 1) expect(await ask(client, email)).toContain('done=1');
    expect(await ask(client, email)).toContain('error=too-many');
    await client.submit(await mailbox.takeLink(email), 'Sign in');
    expect(await client.whoIs()).toBe(email);
    for (let i = 0; i < 4; i += 1) await mailbox.takeLink(email);
  });

  it('sends none to what the database once took for somebody’s address', async () => {
    for (const email of ['désk@example.com', 'desk@exámple.com']) {
      expect(await ask(createClient(site), email)).toContain('error=invalid');
    }
    expect(mailbox.count()).toBe(0);
  });
});

describe('a password', () => {
  it('belongs to one address, not to those that look alike, which would have attempts of their own', async () => {
    for (const email of ['désk@example.com', 'desk@example.com\u200d']) {
      const client = createClient(secure);
      const response = await client.signIn({ ...administrator, email });
      expect(response.headers.get('location'), email).toContain('error=CredentialsSignin');
      expect(await client.whoIs()).toBeUndefined();
    }
  });
});

describe('signing out behind https', () => {
  it('takes the cookie as well as the session', async () => {
    const client = createClient(secure);
    await client.signIn(administrator);
    expect(await client.whoIs()).toBe(administrator.email);
    const response = await client.submit('/en/account', 'Sign out');
    expect(response.status).toBe(303);
    const line = response.headers.getSetCookie().find((cookie) => cookie.includes('session-token'));
    expect(line).toMatch(/^__Secure-next-auth\.session-token=;/);
    expect(line).toMatch(/; Secure/i);
    expect(line).toMatch(/; Path=\//i);
  });
});
