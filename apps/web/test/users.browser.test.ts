import {
  type Browser,
  launchBrowser,
  type NextServer,
  type Page,
  type RedisServer,
  startRedis,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, buildSite, openDesk, seededDatabase, startSite, visit } from './support/site.ts';

let redis: RedisServer;
let site: NextServer;
let browser: Browser;
let desk: Page;

beforeAll(async () => {
  await buildSite();
  redis = await startRedis();
  site = await startSite({ databaseUrl: await seededDatabase(), redis });
  browser = await launchBrowser();
  desk = await openDesk(browser, site);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await redis?.stop();
});

const privatePaths = ['/en/account', '/en/admin', '/en/admin/reports/1'];

async function isSignedIn(): Promise<boolean> {
  await desk.goto(`${site.url}/en/account`);
  return desk
    .getByText(administrator.email)
    .waitFor({ timeout: 10_000 })
    .then(() => true)
    .catch(() => false);
}

describe('what belongs to one user', () => {
  it('is stored for nobody: no answer that depends on a cookie is in Redis', async () => {
    expect(await isSignedIn()).toBe(true);
    for (const path of privatePaths) await desk.goto(`${site.url}${path}`);
    let looked = 0;
    let cursor = '0';
    do {
      const [next, keys] = (await redis.command('SCAN', cursor, 'COUNT', '1000')) as [string, string[]];
      for (const key of keys.filter((name) => name.startsWith('tbi:@tbi/web:e:'))) {
        looked += 1;
        const stored = String(await redis.command('GET', key));
        expect(stored.includes(administrator.email), key).toBe(false);
      }
      cursor = next;
    } while (cursor !== '0');
    expect(looked).toBeGreaterThan(0);
  });

  it('is never served to another', async () => {
    expect(await isSignedIn()).toBe(true);
    for (const path of privatePaths) {
      const { html } = await visit(site, path);
      expect(html.includes(administrator.email), path).toBe(false);
      expect(html.includes('Save changes'), path).toBe(false);
    }
  });

  it('is kept when the cache is cleared and while Redis is away: nobody is signed in or out by it', async () => {
    expect(await isSignedIn()).toBe(true);
    await redis.command('FLUSHALL');
    expect(await isSignedIn()).toBe(true);
    await redis.kill('SIGKILL');
    expect(await isSignedIn()).toBe(true);
    expect((await visit(site, '/en/account')).html.includes(administrator.email)).toBe(false);
    await redis.restart();
    expect(await isSignedIn()).toBe(true);
  });
});
