import { type Cache, createCache, redisBackend } from '@tbi/cache';
import { createDatabase, type Database } from '@tbi/database';
import { prismaCache, type QueryCache } from '@tbi/prisma-cache';
import { createRedis } from '@tbi/redis';
import { type NextServer, poll, type RedisServer, settingsOf, startMariadb, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administrator, buildSite, seededDatabase, startSite, visit } from './support/site.ts';

const extend = ({ client }: Database, { extension }: QueryCache) => client.$extends(extension);
type Client = ReturnType<typeof extend>;

const keyPrefix = 'site:';
const slug = 'wearable-cardiac-monitors-market';

let redis: RedisServer;
let databaseUrl: string;
let sites: NextServer[] = [];
/** A program beside the site, such as a nightly import: it has a client and the cache's address, and no page. */
let cache: Cache;
let database: Database;
let client: Client;
let closeRedis: () => Promise<void>;

beforeAll(async () => {
  await buildSite();
  redis = await startRedis();
  databaseUrl = await seededDatabase();
  const environment = { databaseUrl, redis, keyPrefix };
  sites = [
    await startSite({ ...environment, queryCache: true }),
    await startSite({ ...environment, queryCache: false }),
  ];
  const pool = createRedis(
    { ...settingsOf(redis), commandTimeoutMs: 500 },
    { name: 'import', log: { info() {}, warn() {} } },
  );
  closeRedis = pool.close;
  cache = createCache({ backend: redisBackend({ connections: pool, keyPrefix }) });
  await poll(() => cache.sync(), { what: 'the program to follow the log' });
  const queryCache = prismaCache({ cache });
  database = createDatabase(databaseUrl, { wrapAdapter: queryCache.adapter });
  client = extend(database, queryCache);
});
afterAll(async () => {
  await Promise.all(sites.map((site) => site.stop()));
  await database?.close();
  await cache?.close();
  await closeRedis?.();
  await redis?.stop();
});

const shows = async (site: NextServer, path: string, text: string) =>
  (await visit(site, path)).html.includes(text);

describe('one write to the database, with no invalidation in the code,', () => {
  const paths = [`/en/reports/${slug}`, '/en/reports?q=cardiac', '/en/categories/healthcare-life-sciences'];
  const writes: Record<string, (title: string) => Promise<unknown>> = {
    'through Prisma': async (title) => {
      const report = await client.report.findUniqueOrThrow({ where: { slug } });
      await client.reportTranslation.update({
        where: { reportId_locale: { reportId: report.id, locale: 'en' } },
        data: { title },
      });
    },
    'as raw SQL': (title) =>
      client.$executeRaw`
        UPDATE ReportTranslation t JOIN Report r ON r.id = t.reportId
        SET t.title = ${title} WHERE r.slug = ${slug} AND t.locale = 'en'`,
  };

  it.each(Object.entries(writes))('%s, refreshes every page of every process', async (name, write) => {
    const title = `Hearts ${name}`;
    for (const site of sites) {
      for (const path of paths) {
        // Seen twice, so that what can be cached of it is.
        await visit(site, path);
        expect(await shows(site, path, title)).toBe(false);
      }
    }
    await write(title);
    for (const site of sites) {
      for (const path of paths) {
        await poll(() => shows(site, path, title), { what: `${title} on ${path}`, timeoutMs: 2_000 });
      }
    }
  });
});

it('what free text finds is kept once: for the page, and not for each query too', async () => {
  const [site] = sites;
  const keysOf = async (kind: string) => {
    const [, keys] = (await redis.command(
      'SCAN',
      '0',
      'MATCH',
      `${keyPrefix}e:${kind}:*`,
      'COUNT',
      '100000',
    )) as [string, string[]];
    return keys.length;
  };
  const kept = async () => ({ queries: await keysOf('prisma'), values: await keysOf('use-cache') });
  const before = await kept();
  expect(before.queries).toBeGreaterThan(0);
  expect(site && (await shows(site, '/en/reports?q=market+outlook', 'Outlook to'))).toBe(true);
  await poll(async () => (await kept()).values > before.values, { what: 'the values of the page' });
  expect((await kept()).queries).toBe(before.queries);
});

const cookiesOf = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);

/** Signs the administrator in and returns the cookies that a browser would send from then on. */
async function signIn(site: NextServer): Promise<string> {
  const csrf = await site.fetch('/api/auth/csrf');
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const signedIn = await site.fetch('/api/auth/callback/credentials', {
    method: 'POST',
    headers: { cookie: cookiesOf(csrf).join('; ') },
    body: new URLSearchParams({ ...administrator, csrfToken, json: 'true' }),
  });
  return cookiesOf(signedIn).join('; ');
}

describe('what tells of queries', () => {
  it('shows an administrator where the users came from, and why', async () => {
    const seen: unknown[][] = [];
    for (const site of sites) {
      const cookie = await signIn(site);
      for (let i = 0; i < 2; i += 1) {
        const response = await site.fetch('/api/users', { headers: { cookie } });
        const { read, users } = (await response.json()) as {
          read: { source: string; reason: string };
          users: object[];
        };
        seen.push([read.source, read.reason]);
        expect(users).toMatchObject([{ email: administrator.email, role: 'admin' }]);
        expect(JSON.stringify(users)).not.toContain('assword');
      }
    }
    expect(seen).toEqual([
      ['database', 'absent'],
      [expect.stringMatching(/^l[12]$/), 'fresh'],
      ['database', 'bypass'],
      ['database', 'bypass'],
    ]);
  });

  it('is for administrators, and not there in production', async () => {
    for (const site of sites) {
      const users = await site.fetch('/api/users');
      expect(users.status).toBe(403);
      expect(await users.json()).toEqual({ error: 'forbidden' });
      expect(users.headers.get('cache-control')).toContain('no-store');
      expect((await site.fetch('/api/test-prisma-cache')).status).toBe(404);
    }
  });
});

describe('while the database is away', () => {
  it('results that were read before answer on, and what was not fails at once', async () => {
    const mariadb = await startMariadb();
    const token = 'a token for tests, of no use elsewhere';
    const site = await startSite({
      databaseUrl: await seededDatabase(await mariadb.createDatabase('away')),
      redis,
      keyPrefix: 'away:',
      queryCache: true,
      env: { OPS_TOKEN: token },
    });
    try {
      const read = () => site.fetch('/api/categories?locale=de');
      const before = await (await read()).text();
      await mariadb.kill('SIGKILL');
      // Responses are kept above the query cache: without these, queries have to be asked.
      const cleared = await site.fetch('/api/cache/invalidate', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ kinds: ['api'] }),
      });
      expect(cleared.status).toBe(200);
      const unread = () => site.fetch('/api/reports?locale=de&q=nobody-asked-for-this');
      expect((await unread()).status).toBe(503);
      for (let i = 0; i < 2; i += 1) {
        const startedMs = performance.now();
        expect((await unread()).status).toBe(503);
        expect(performance.now() - startedMs).toBeLessThan(2_000);
      }
      const after = await read();
      expect([after.status, after.headers.get('x-cache')]).toEqual([200, 'MISS']);
      expect(await after.text()).toBe(before);
    } finally {
      await site.stop();
      await mariadb.stop();
    }
  });
});
