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
  environment = { databaseUrl: await seededDatabase(), redisUrl: redis.url };
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
const slug = 'surgical-robotics-market';
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
    const old = /Surgical Robotics Market/;
    const pages = [
      `/en/reports/${slug}`,
      '/en/reports?q=robotics',
      '/en/categories/healthcare-life-sciences',
    ];
    const prices = [`/de/reports/${slug}`, `/ja/reports/${slug}`];
    for (const path of pages) {
      expect((await visit(b, path)).html, path).toMatch(old);
      await visit(a, path);
    }
    for (const path of prices) expect((await visit(b, path)).html, path).not.toMatch(/4[.,]321/);
    desk ??= await openDesk(browser, a);
    await editReport(desk, a, 'Surgical Robotics', { title: 'Robots in Surgery', price: '4321' });

    const editedMs = performance.now();
    for (const path of pages) {
      await poll(async () => (await visit(b, path)).html.includes('Robots in Surgery'), {
        what: `${path} on the other process`,
        timeoutMs: 1_000,
      });
    }
    for (const path of prices) expect((await visit(b, path)).html, path).toMatch(/4[.,]321/);
    expect(performance.now() - editedMs).toBeLessThan(10_000);
    for (const path of pages) {
      for (const site of [a, b]) expect((await visit(site, path)).html, path).not.toMatch(old);
    }
  });

  it('feature a report on the home page of the other when it is marked so', async () => {
    expect((await visit(b, '/en')).html).not.toContain('Robots in Surgery');
    desk ??= await openDesk(browser, a);
    await desk.goto(`${a.url}/en/admin?q=Robots`);
    await desk.getByRole('link', { name: 'Edit Robots in Surgery' }).click();
    await desk.getByLabel('Show among the reports').check();
    await desk.getByRole('button', { name: 'Save changes' }).click();
    await desk.getByText('Saved.').waitFor();
    await poll(async () => (await visit(b, '/en')).html.includes('Robots in Surgery'), {
      what: 'the report on the other process’s home page',
      timeoutMs: 2_000,
    });
  });

  it('find the cache warm after a restart, with what was edited meanwhile', async () => {
    const path = `/it/reports/${slug}`;
    await untilCached(a, path);
    await b.stop();
    b = await startSite(environment);
    const answer = await visit(b, path);
    expect([answer.cache, answer.status]).toEqual(['HIT', 200]);
    expect((await visit(b, `/en/reports/${slug}`)).html).toContain('Robots in Surgery');
  });
});
