import { type Browser, launchBrowser, type NextServer, type Page, sharedRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, editReport, openDesk, seededDatabase, startSite } from './support/site.ts';

let site: NextServer;
let browser: Browser;

beforeAll(async () => {
  await buildSite();
  const [databaseUrl, redis] = await Promise.all([seededDatabase(), sharedRedis()]);
  site = await startSite({ databaseUrl, redis, keyPrefix: redis.keyPrefix });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function openPage(path: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await page.goto(`${site.url}${path}`);
  return page;
}

describe('a visitor', () => {
  it('finds a report through search, reads it in another language, and sends an enquiry', async () => {
    const page = await openPage('/');
    await page.waitForURL('**/en');
    const search = page.getByRole('main').getByRole('search');
    await search.getByRole('searchbox').fill('surgical robotics');
    await search.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/\/en\/reports\?q=surgical/);
    await page.getByRole('link', { name: /^Surgical Robotics Market/ }).click();
    await page.waitForURL('**/en/reports/surgical-robotics-market');
    await expect
      .poll(() => page.getByRole('heading', { level: 1 }).textContent())
      .toMatch(/^Surgical Robotics/);

    await page.getByLabel('Name', { exact: true }).fill('Ada Example');
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByLabel('Your question').fill('Does the study cover training simulators?');
    await page.getByRole('button', { name: 'Send enquiry' }).click();
    await page.getByText('Your enquiry has been sent.').waitFor();

    await page.getByRole('button', { name: /^Language/ }).click();
    await page.getByRole('link', { name: 'Deutsch' }).click();
    await page.waitForURL('**/de/reports/surgical-robotics-market');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('is told what is missing in an enquiry, at the field', async () => {
    const page = await openPage('/en/reports/surgical-robotics-market');
    await page.getByLabel('Name', { exact: true }).fill('Ada Example');
    await page.getByRole('button', { name: 'Send enquiry' }).click();
    const email = page.getByLabel('E-mail address');
    await expect.poll(() => email.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada Example');
  });

  it('sees the price that the editor has just set', async () => {
    const page = await openPage('/en/reports/surgical-robotics-market');
    const price = page.getByTestId('price-single');
    expect(await price.textContent()).not.toContain('$4,321');
    const desk = await openDesk(browser, site);
    await editReport(desk, site, 'Surgical Robotics', { price: '4321' });
    await page.reload();
    expect(await price.textContent()).toContain('$4,321');
  });

  it('does not get to the editor’s desk', async () => {
    const page = await openPage('/en/admin');
    await page.waitForURL(/\/en\/sign-in/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Sign in');
  });
});
