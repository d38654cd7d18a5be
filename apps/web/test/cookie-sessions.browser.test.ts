import { type Browser, launchBrowser, type NextServer, type Page } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from './support/mailbox.ts';
import { buildSite, seededDatabase, startSite } from './support/site.ts';

let mailbox: Mailbox;
let site: NextServer;
let browser: Browser;

beforeAll(async () => {
  await buildSite();
  mailbox = await startMailbox();
  const env = { SMTP_URL: mailbox.url, SMTP_FROM: 'site@example.com' };
  site = await startSite({ databaseUrl: await seededDatabase(), env });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await mailbox?.close();
});

const EMAIL = 'without-redis@example.com';

async function signInByLink(): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await page.goto(`${site.url}/en/sign-up`);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.goto(`${site.url}${await mailbox.takeLink(EMAIL)}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  return page;
}

async function isIn(page: Page): Promise<boolean> {
  await page.goto(`${site.url}/en/account`);
  const own = page.getByText(EMAIL);
  await own
    .or(page.getByLabel('Password', { exact: true }))
    .first()
    .waitFor();
  return own.isVisible();
}

describe('without sessions in Redis', () => {
  it('the same pages work: link, password, and a new password ends the other browsers', async () => {
    const [one, two] = [await signInByLink(), await signInByLink()];
    expect([await isIn(one), await isIn(two)]).toEqual([true, true]);
    await one.getByText('they cannot be listed').waitFor();
    await one.getByLabel('New password').fill('a long enough password');
    await one.getByRole('button', { name: 'Save password' }).click();
    await one.getByText('All other browsers have been signed out.').waitFor();
    expect([await isIn(one), await isIn(two)]).toEqual([true, false]);
  });

  it('a cookie from before signing out everywhere is worth nothing', async () => {
    const [one, two] = [await signInByLink(), await signInByLink()];
    await one.getByRole('button', { name: 'Sign out everywhere' }).click();
    // The account page has a section that is called like a field of this one.
    await one.waitForURL('**/en/sign-in?**');
    expect([await isIn(one), await isIn(two)]).toEqual([false, false]);
  });
});
