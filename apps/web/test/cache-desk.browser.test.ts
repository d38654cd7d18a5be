import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { buildSite, openDesk, seededDatabase, startSite, visit } from './support/site.ts';

/** To be looked at after a change: light, dark and narrow. */
const screenshots = join(tmpdir(), 'tbi-screenshots');

let redis: RedisServer;
let site: NextServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  await buildSite();
  redis = await startRedis();
  site = await startSite({ databaseUrl: await seededDatabase(), redis });
  browser = await launchBrowser();
  desk = await openDesk(browser, site);
  await desk.getByRole('link', { name: 'Cache desk' }).click();
  await desk.getByRole('heading', { level: 1, name: 'Cache desk' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await redis?.stop();
});

const paths = ['/en', '/de', '/en/reports', '/en/reports/surgical-robotics-market', '/en/categories'];

async function browse(rounds: number) {
  for (let round = 0; round < rounds; round += 1) for (const path of paths) await visit(site, path);
}

describe('the cache desk', () => {
  it('is for administrators only', async () => {
    const { html } = await visit(site, '/en/admin/cache');
    expect(html).not.toContain('Invalidate now');
    const stream = await site.fetch('/api/admin/cache/stream');
    expect(stream.status).toBe(401);
  });

  it('shows what happens: the state of Redis, lookups, processes, entries', async () => {
    await browse(4);
    await desk.getByText('Redis serves the cache.').waitFor();
    await desk.getByRole('rowheader', { name: /:\d+$/ }).waitFor();
    await desk.locator('dt:text("Lookups, 5 min") + dd').filter({ hasText: /[1-9]/ }).waitFor();
    expect(await desk.locator('canvas').count()).toBe(5);
    await desk.screenshot({ path: join(screenshots, 'cache-desk-light.png'), fullPage: true });
  });

  it('can be read by keyboard: arrows move along a chart, and the legend tells the figures there', async () => {
    const chart = desk.getByRole('group', { name: /^Memory of Redis/ });
    await chart.focus();
    const time = () =>
      desk.locator('figcaption', { hasText: 'Memory of Redis' }).locator('span').last().textContent();
    await desk.keyboard.press('Home');
    const first = await time();
    await desk.keyboard.press('ArrowRight');
    expect(await time()).not.toBe(first);
    await desk.locator('figure', { hasText: 'Memory of Redis' }).getByText(/\d.*B/).first().waitFor();
  });

  it('finds an entry and tells whether it may be used', async () => {
    await desk.getByLabel('Kind', { exact: true }).fill('page');
    await desk.getByLabel('URL or model').fill('surgical-robotics');
    await desk.getByRole('button', { name: 'Find' }).click();
    await desk.getByRole('button', { name: '/en/reports/surgical-robotics-market' }).first().click();
    await desk.getByText('May be used (fresh)').waitFor();
    await desk.getByText('_N_T_/layout').first().waitFor();
  });

  it('names pages by their path, and tells the key of one when it is asked for', async () => {
    expect(await desk.getByText('/route-cache/').filter({ visible: true }).count()).toBe(0);
    await desk.getByText('Key in the cache').click();
    await desk.getByText(/^page:.*\/en\/reports\/surgical-robotics-market$/).waitFor();
    await desk.screenshot({ path: join(screenshots, 'cache-desk-entry.png') });
  });

  it('previews, confirms and records an invalidation, which flows in with its author', async () => {
    await desk.getByLabel('Paths').fill('/en/reports/*');
    await desk.getByRole('button', { name: 'Preview' }).click();
    await desk.getByText(/It reaches .*[1-9]\d* entries/).waitFor();
    await desk.screenshot({ path: join(screenshots, 'cache-desk-confirm.png') });
    await desk.getByRole('button', { name: 'Invalidate now' }).click();
    await desk.getByText(/applied by all processes \(1\)/).waitFor();
    await desk
      .getByText(/^User \d+|^User \w+/)
      .first()
      .waitFor();
    expect((await visit(site, '/en/reports/surgical-robotics-market')).cache).not.toBe('HIT');
  });

  it('says what is wrong with a request and changes nothing', async () => {
    await desk.getByLabel('Paths').fill('/en/*/x');
    await desk.getByRole('button', { name: 'Preview' }).click();
    await desk.getByText(/may only stand at the end/).waitFor();
    await desk.getByLabel('Paths').fill('');
  });

  it('fits 360 pixels and is readable in the dark', async () => {
    await desk.emulateMedia({ colorScheme: 'dark' });
    await desk.screenshot({ path: join(screenshots, 'cache-desk-dark.png'), fullPage: true });
    await desk.setViewportSize({ width: 360, height: 800 });
    await desk.screenshot({ path: join(screenshots, 'cache-desk-360.png'), fullPage: true });
    expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const colours = await desk.evaluate(() => {
      const style = getComputedStyle(document.body.querySelector('figcaption') ?? document.body);
      return [style.color, getComputedStyle(document.documentElement).backgroundColor];
    });
    expect(colours[0]).not.toBe(colours[1]);
    await desk.setViewportSize({ width: 1280, height: 900 });
  });

  it('goes on while Redis is away, says so, and keeps the history', async () => {
    await redis.kill('SIGKILL');
    await desk.getByText('Redis is away.').first().waitFor();
    await desk.getByText('Redis does not answer').waitFor();
    expect(await desk.locator('canvas').count()).toBe(5);
    await desk.screenshot({ path: join(screenshots, 'cache-desk-without-redis.png'), fullPage: true });
    await redis.restart();
    await desk.getByText('Redis serves the cache.').waitFor();
  });

  it('does not keep its server from ending while it is open, and nothing of that is left at once', async () => {
    const reports = () => redis.command('KEYS', '*{ops}:processes');
    expect(await reports()).toHaveLength(1);
    const startedMs = performance.now();
    // As a process manager may ask, too.
    await site.kill('SIGINT');
    await poll(() => !isAlive(site.pid), { what: 'the server to end', timeoutMs: 30_000 });
    // Idle connections wait for 5 s; what is never answered is cut off after 20 s.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect(await reports()).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
