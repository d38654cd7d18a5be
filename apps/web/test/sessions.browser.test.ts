import {
  type Browser,
  launchBrowser,
  type NextServer,
  type Page,
  poll,
  type RedisServer,
  startRedis,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from './support/mailbox.ts';
import { administrator, buildSite, openDesk, seededDatabase, startSite } from './support/site.ts';

const PASSWORD = 'a long enough password';
const COOKIE = 'next-auth.session-token';
let cache: RedisServer;
let sessions: RedisServer;
let mailbox: Mailbox;
/** Two processes of one site. */
let a: NextServer;
let b: NextServer;
let browser: Browser;

beforeAll(async () => {
  await buildSite();
  [cache, sessions, mailbox] = await Promise.all([
    startRedis(),
    startRedis({ user: 'sessions', config: { appendonly: 'yes', appendfsync: 'always' } }),
    startMailbox(),
  ]);
  const site = {
    databaseUrl: await seededDatabase(),
    redis: cache,
    env: {
      USE_REDIS_SESSIONS: 'true',
      REDIS_SESSIONS_URL: sessions.url,
      SESSION_ENCRYPTION_KEYS: Buffer.alloc(32, 9).toString('base64'),
      SMTP_URL: mailbox.url,
      SMTP_FROM: 'The Site <site@example.com>',
    },
  };
  [a, b] = await Promise.all([startSite(site), startSite(site)]);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([a?.stop(), b?.stop()]);
  await Promise.all([cache?.stop(), sessions?.stop(), mailbox?.close()]);
});

/** A browser of its own: cookies do not tell ports apart, so that one cookie serves both processes. */
const newBrowser = async () => (await browser.newContext({ locale: 'en-US' })).newPage();

async function askForLink(page: Page, email: string): Promise<string> {
  await page.goto(`${a.url}/en/sign-up`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('The link is on its way.').waitFor();
  return mailbox.takeLink(email);
}

async function useLink(page: Page, link: string): Promise<void> {
  await page.goto(`${a.url}${link}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

async function signInByLink(page: Page, email: string): Promise<void> {
  await useLink(page, await askForLink(page, email));
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
}

async function signUp(email: string): Promise<Page> {
  const page = await newBrowser();
  await signInByLink(page, email);
  return page;
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto(`${a.url}/en/sign-in`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

async function setPassword(page: Page, present: string, next: string): Promise<void> {
  await page.goto(`${a.url}/en/account`);
  await page.getByLabel('Present password').fill(present);
  await page.getByLabel('New password').fill(next);
  await page.getByRole('button', { name: 'Save password' }).click();
  await page.getByText('All other browsers have been signed out.').waitFor();
}

/** Whether the next request for the account is answered as to the user. Either may take a moment to be drawn. */
async function isIn(page: Page, site: NextServer, email: string): Promise<boolean> {
  await page.goto(`${site.url}/en/account`);
  const own = page.getByText(email);
  const form = page
    .getByRole('button', { name: 'Send the link' })
    .or(page.getByLabel('Password', { exact: true }));
  await own.or(form).first().waitFor({ timeout: 15_000 });
  return own.isVisible();
}

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name === COOKIE)?.value;

describe('an account', () => {
  it('begins with a link that works once, and its page lists this browser', async () => {
    const page = await newBrowser();
    const link = await askForLink(page, 'first@example.com');
    await useLink(page, link);
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page.getByText('This browser', { exact: true }).waitFor();
    await page.getByText('Chrome').first().waitFor();
    const other = await newBrowser();
    await useLink(other, link);
    await other.getByText('This link has been used, or is too old.').waitFor();
    expect(await isIn(other, b, 'first@example.com')).toBe(false);
  });

  it('has a name and a password of its owner’s choice', async () => {
    const page = await signUp('owner@example.com');
    await page.getByLabel('Name').fill('An Owner');
    await page.getByRole('button', { name: 'Save name' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await setPassword(page, '', PASSWORD);
    const other = await newBrowser();
    await signIn(other, 'owner@example.com', PASSWORD);
    await other.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    expect(await other.getByLabel('Name').inputValue()).toBe('An Owner');
  });

  it('is not told apart from an address without one', async () => {
    const page = await newBrowser();
    for (const email of ['owner@example.com', 'nobody@example.com']) {
      await signIn(page, email, 'a wrong password');
      await page.getByText('The e-mail address or the password is not right.').waitFor();
    }
  });
});

describe('sessions', () => {
  it('that are revoked in one browser are out at their next request, on the other process too', async () => {
    const email = 'two@example.com';
    const one = await signUp(email);
    const two = await newBrowser();
    await signInByLink(two, email);
    expect(await isIn(two, b, email)).toBe(true);
    await one.goto(`${a.url}/en/account`);
    await one.getByRole('button', { name: 'End session' }).click();
    await poll(async () => (await one.getByRole('button', { name: 'End session' }).count()) === 0);
    expect(await isIn(two, b, email)).toBe(false);
    expect(await isIn(two, a, email)).toBe(false);
    expect(await isIn(one, b, email)).toBe(true);
  });

  it('end everywhere with a new password, but for the browser that chose it, which gets a new one', async () => {
    const email = 'password@example.com';
    const one = await signUp(email);
    const two = await newBrowser();
    await signInByLink(two, email);
    expect(await isIn(two, b, email)).toBe(true);
    const before = await cookieOf(one);
    await setPassword(one, '', PASSWORD);
    expect(await isIn(two, b, email)).toBe(false);
    expect(await isIn(one, b, email)).toBe(true);
    expect(await cookieOf(one)).not.toBe(before);
  });

  it('are new with every sign-in: one that was planted before is of no use after it', async () => {
    const email = 'victim@example.com';
    const attacker = await signUp('attacker@example.com');
    const planted = await cookieOf(attacker);
    const victim = await newBrowser();
    const link = await askForLink(victim, email);
    const { name, value } = { name: COOKIE, value: planted ?? '' };
    await victim.context().addCookies([{ name, value, url: a.url }]);
    await useLink(victim, link);
    await victim.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    expect(await cookieOf(victim)).not.toBe(planted);
    expect(await isIn(victim, b, email)).toBe(true);
    expect(await isIn(attacker, a, 'attacker@example.com')).toBe(false);
  });

  it('end with sign-out, for whoever has kept the cookie too', async () => {
    const email = 'leaver@example.com';
    const page = await signUp(email);
    const kept = await cookieOf(page);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${a.url}/en`);
    const thief = await newBrowser();
    await thief.context().addCookies([{ name: COOKIE, value: kept ?? '', url: a.url }]);
    expect(await isIn(thief, b, email)).toBe(false);
  });
});

describe('an administrator', () => {
  it('who is demoted by another is out, and has lost the desk, at the next request', async () => {
    const email = 'deputy@example.com';
    const deputy = await signUp(email);
    const desk = await openDesk(browser, a);
    const changeRole = async (role: string) => {
      await desk.goto(`${a.url}/en/admin/users?q=${email}`);
      await desk.getByRole('link', { name: email }).click();
      await desk.getByRole('combobox', { name: 'Role' }).selectOption(role);
      await desk.getByRole('button', { name: 'Save role' }).click();
      await desk.getByText('The user has been signed out everywhere.').waitFor();
    };
    await changeRole('admin');
    expect(await isIn(deputy, b, email)).toBe(false);
    await signInByLink(deputy, email);
    await deputy.goto(`${b.url}/en/admin`);
    await deputy.getByRole('heading', { level: 1, name: 'Editorial desk' }).waitFor();
    await deputy
      .getByRole('link', { name: /^Edit / })
      .first()
      .waitFor();
    await changeRole('user');
    expect(await isIn(deputy, b, email)).toBe(false);
    await signInByLink(deputy, email);
    for (const path of ['/en/admin', '/en/admin/users']) {
      await deputy.goto(`${b.url}${path}`);
      await deputy.getByText('This page is not in our catalogue.').waitFor();
    }
    await desk.close();
  });

  it('is asked for by every action: one that is sent again by somebody else does nothing', async () => {
    const [target, rogue] = ['target@example.com', 'rogue@example.com'];
    await signUp(target);
    const other = await signUp(rogue);
    const desk = await openDesk(browser, a);
    await desk.goto(`${a.url}/en/admin/users?q=${target}`);
    await desk.getByRole('link', { name: target }).click();
    const role = desk.getByRole('combobox', { name: 'Role' });
    const change = async (to: string) => {
      await role.selectOption(to);
      const sent = desk.waitForRequest((request) => request.method() === 'POST');
      await desk.getByRole('button', { name: 'Save role' }).click();
      const request = await sent;
      await request.response();
      return request;
    };
    const promotion = await change('editor');
    await desk.reload();
    await change('user');
    const headers = await promotion.allHeaders();
    const again = await other.request.post(promotion.url(), {
      headers: {
        'next-action': headers['next-action'] ?? '',
        'content-type': headers['content-type'] ?? '',
        origin: a.url,
      },
      data: promotion.postDataBuffer() ?? Buffer.alloc(0),
    });
    expect(await again.text()).toContain('forbidden');
    await desk.reload();
    await role.waitFor();
    expect(await role.inputValue()).toBe('user');
    await desk.close();
  });

  it('sees a user’s sessions and ends them', async () => {
    const email = 'watched@example.com';
    const user = await signUp(email);
    const desk = await openDesk(browser, a);
    await desk.goto(`${a.url}/en/admin/users?q=${email}`);
    await desk.getByRole('link', { name: email }).click();
    await desk.getByText('Chrome').first().waitFor();
    await desk.getByRole('button', { name: 'End all sessions' }).click();
    await desk.getByText('Not signed in anywhere.').waitFor();
    expect(await isIn(user, b, email)).toBe(false);
    await desk.close();
  });
});

describe('where a sign-in leads', () => {
  it.each(['https://evil.example/en', '//evil.example', '/\\evil.example/en'])(
    'is never %s',
    async (callbackUrl) => {
      const page = await newBrowser();
      const query = new URLSearchParams({ callbackUrl });
      await page.goto(`${a.url}/en/sign-up?${query}`);
      const email = `redirected-${callbackUrl.length}@example.com`;
      await page.getByLabel('E-mail address').fill(email);
      await page.getByRole('button', { name: 'Send the link' }).click();
      const link = await mailbox.takeLink(email);
      expect(link).not.toContain('evil');
      await useLink(page, `${link}&${query}`);
      await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
      expect(page.url()).toBe(`${a.url}/en/account`);
    },
  );
});

describe('while the sessions’ Redis is away', () => {
  it('protected pages say so, public ones go on, nobody is signed in or out', async () => {
    const email = 'patient@example.com';
    const page = await signUp(email);
    const cookie = await cookieOf(page);
    await cache.command('FLUSHALL');
    expect(await isIn(page, b, email)).toBe(true);
    await sessions.kill('SIGKILL');
    for (const site of [a, b]) {
      const response = await page.goto(`${site.url}/en/account`);
      expect(response?.status()).toBe(503);
      expect(response?.headers()['retry-after']).toBe('5');
      expect(await page.getByText('You are still signed in.').isVisible()).toBe(true);
      expect((await page.goto(`${site.url}/en/reports`))?.status()).toBe(200);
      expect((await page.request.get(`${site.url}/api/auth/session`)).status()).toBe(503);
    }
    const visitor = await newBrowser();
    await signIn(visitor, administrator.email, administrator.password);
    await visitor.getByText('That did not work. Please try again in a moment.').waitFor();
    expect(await cookieOf(visitor)).toBeUndefined();
    expect(await cookieOf(page)).toBe(cookie);
    await sessions.restart({ keepData: true });
    await poll(async () => (await page.goto(`${a.url}/en/account`))?.status() === 200, { timeoutMs: 15_000 });
    expect(await isIn(page, a, email)).toBe(true);
    expect(await cookieOf(page)).toBe(cookie);
  });
});

it('the log tells of sign-ins and sign-outs by the id of the user, and names nobody', async () => {
  const logs = (await Promise.all([a.readLogs(), b.readLogs()])).join('\n');
  expect(logs).toMatch(/sign-in: user [0-9a-f-]{36} by email/);
  expect(logs).toMatch(/sign-in: user [0-9a-f-]{36} by credentials/);
  expect(logs).toMatch(/sign-out: user [0-9a-f-]{36}/);
  expect(logs).toMatch(/password changed: user [0-9a-f-]{36}/);
  expect(logs).toMatch(/role changed to admin: user [0-9a-f-]{36}/);
  expect(logs).not.toMatch(/@example\.com/);
});
