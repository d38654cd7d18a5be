import {
  type Browser,
  launchBrowser,
  type NextServer,
  type Page,
  poll,
  type RedisServer,
  sleep,
  startRedis,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildSite,
  editReport,
  openDesk,
  type SiteEnvironment,
  seededDatabase,
  startSite,
  visit,
} from './support/site.ts';

let redis: RedisServer;
let environment: SiteEnvironment;
let a: NextServer;
let b: NextServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  await buildSite();
  redis = await startRedis();
  environment = { databaseUrl: await seededDatabase(), redis };
  a = await startSite(environment);
  b = await startSite(environment);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await Promise.all([a?.stop(), b?.stop()]);
  await redis?.stop();
});

/** Not among the pages that the build renders: somebody has to ask for it first. */
const slug = 'wearable-cardiac-monitors-market';
const untilCached = (site: NextServer, path: string) =>
  poll(async () => (await visit(site, path)).cache === 'HIT', { what: `${path} to be cached` });

describe('two processes of the site on one Redis and one database', () => {
  it('answer the first request for a prerendered page from the build’s output', async () => {
    const first = await visit(a, '/en');
    expect(first.status).toBe(200);
    // The log is younger than the build, so it cannot vouch for it: served once as stale while it is rendered anew.
    expect(first.cache).toMatch(/^(STALE|HIT)$/);
    await untilCached(a, '/en');
    expect((await visit(b, '/en')).cache).toBe('HIT');
  });

  it('share pages: rendered by one, a hit on the other, fresh there for longer than Next would assume', async () => {
    const path = `/fr/reports/${slug}`;
    await untilCached(a, path);
    expect((await visit(b, path)).cache).toBe('HIT');
    await sleep(2_500);
    expect((await visit(b, path)).cache).toBe('HIT');
  });

  it('show an edit made through one on the other within a second, everywhere the report appears', async () => {
    const titled = [
      `/en/reports/${slug}`,
      '/en/reports?q=cardiac',
      '/en/categories/healthcare-life-sciences',
      `/api/reports/${slug}`,
      '/api/reports?category=healthcare-life-sciences&q=cardiac',
      '/api/search?q=cardiac',
    ];
    const priced = [`/de/reports/${slug}`, `/ja/reports/${slug}`, `/api/reports/${slug}?locale=de`];
    const shows = async (site: NextServer, path: string, text: RegExp) =>
      text.test((await visit(site, path)).html);
    const old = /Wearable Cardiac Monitors Market/;
    const changed = /Hearts on the Wrist/;
    for (const site of [a, b]) {
      for (const path of titled) expect(await shows(site, path, old), path).toBe(true);
      for (const path of priced) expect(await shows(site, path, /\b4[.,]?321\b/), path).toBe(false);
    }
    desk ??= await openDesk(browser, a);
    await editReport(desk, a, 'Wearable Cardiac', { title: 'Hearts on the Wrist', price: '4321' });

    await Promise.all([
      ...titled.map((path) => poll(() => shows(b, path, changed), { what: path, timeoutMs: 1_000 })),
      ...priced.map((path) => poll(() => shows(b, path, /\b4[.,]?321\b/), { what: path, timeoutMs: 1_000 })),
    ]);
    for (const site of [a, b]) {
      for (const path of titled) expect(await shows(site, path, old), path).toBe(false);
    }
  });

  it('feature a report on the home page of the other when it is marked so', async () => {
    const isFeatured = async () => (await visit(b, '/en')).html.includes('Hearts on the Wrist');
    expect(await isFeatured()).toBe(false);
    desk ??= await openDesk(browser, a);
    await desk.goto(`${a.url}/en/admin?q=Hearts`);
    await desk.getByRole('link', { name: 'Edit Hearts on the Wrist' }).click();
    await desk.getByLabel('Show among the reports').check();
    await desk.getByRole('button', { name: 'Save changes' }).click();
    await desk.getByText('Saved.').waitFor();
    await poll(isFeatured, { what: 'the report on the other process’s home page', timeoutMs: 1_000 });
  });

  it('find the cache warm after a restart, with what was edited meanwhile', async () => {
    const path = `/it/reports/${slug}`;
    await untilCached(a, path);
    await b.stop();
    b = await startSite(environment);
    const answer = await visit(b, path);
    expect([answer.cache, answer.status]).toEqual(['HIT', 200]);
    expect((await visit(b, `/en/reports/${slug}`)).html.includes('Hearts on the Wrist')).toBe(true);
  });
});
