import {
  type Browser,
  launchBrowser,
  locateSlot,
  moveSlot,
  type NextServer,
  type Page,
  poll,
  type RedisServer,
  sleep,
  startRedisCluster,
  startSentinel,
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

const slug = 'wearable-cardiac-monitors-market';
const title = 'Wearable Cardiac';
const edited = `/en/reports/${slug}`;
const paths = [edited, '/en', '/de/reports', '/en/reports?q=market', '/ja/categories'];

let databaseUrl: string;
let browser: Browser;

beforeAll(async () => {
  await buildSite();
  databaseUrl = await seededDatabase();
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Two processes of the site, visitors of both, and an editor at the first. */
async function startSites(options: Pick<SiteEnvironment, 'redis' | 'keyPrefix'>) {
  const environment = { databaseUrl, ...options };
  const sites: NextServer[] = [await startSite(environment), await startSite(environment)];
  const [a, b] = sites as [NextServer, NextServer];
  const desk = await openDesk(browser, a);
  let stopped = false;
  const failures: string[] = [];
  const outdated: string[] = [];
  let visits = 0;
  /** What the edited page may not show any more, and since when nobody may see it. */
  const replaced: { readonly dollars: string; readonly sinceMs: number }[] = [];
  let current = '';

  const browse = async (first: number) => {
    for (let at = first; !stopped; at += 1) {
      const [path = '', site = a] = [paths[at % paths.length], sites[at % 2]];
      const askedMs = performance.now();
      const answer = await visit(site, path).catch((error: unknown) => ({ status: 0, html: String(error) }));
      visits += 1;
      if (answer.status !== 200) failures.push(`${path}: ${answer.status} ${answer.html.slice(0, 100)}`);
      // A second is what a process may serve on the word of a reader that is cut off.
      const old = replaced.find(
        ({ dollars, sinceMs }) => path === edited && askedMs > sinceMs + 1_000 && shows(answer.html, dollars),
      );
      if (old) outdated.push(`${old.dollars}, ${Math.round(askedMs - old.sinceMs)} ms after it was replaced`);
      await sleep(15);
    }
  };
  const visitors = [0, 1, 2, 3].map(browse);
  const untilCached = async (site: NextServer, path: string, timeoutMs: number) => {
    const startedMs = performance.now();
    await poll(async () => (await visit(site, path)).cache === 'HIT', {
      what: `${path} to be cached`,
      timeoutMs,
    });
    return performance.now() - startedMs;
  };

  return {
    a,
    b,
    untilCached,
    /** Through the first process; resolves when it is saved. */
    async edit(dollars: string) {
      await editReport(desk, a, title, { price: dollars });
      if (current !== '') replaced.push({ dollars: current, sinceMs: performance.now() });
      current = dollars;
    },
    /** When there were some visits, however busy the machine is. */
    async stop(): Promise<{ failures: string[]; outdated: string[]; visits: number; logs: string }> {
      await poll(() => visits > 100, { what: 'a hundred visits', timeoutMs: 30_000 });
      stopped = true;
      await Promise.all(visitors);
      const logs = (await Promise.all(sites.map((site) => site.readLogs()))).join('\n');
      await closeDesk(desk);
      await Promise.all(sites.map((site) => site.stop()));
      return { failures, outdated, visits, logs };
    },
  };
}

const closeDesk = (desk: Page) => desk.context().close();
const shows = (html: string, dollars: string) =>
  html.includes(`${dollars.slice(0, -3)},${dollars.slice(-3)}`);

async function crossSlotErrors(nodes: readonly RedisServer[]): Promise<string[]> {
  const running = nodes.filter(({ pid }) => pid !== undefined);
  const stats = await Promise.all(running.map((node) => node.command('INFO', 'errorstats')));
  return stats.flatMap((text) => String(text).match(/errorstat_CROSSSLOT\S*/g) ?? []);
}

describe('the site behind Sentinel: a primary, two replicas, three sentinels', () => {
  it('goes on while the primary is killed: no error, nothing outdated, cached again soon after the promotion', async () => {
    const group = await startSentinel({ replicas: 2, sentinels: 3 });
    const sites = await startSites({ redis: group });
    await sites.untilCached(sites.b, edited, 10_000);
    await sites.edit('5111');

    const before = await group.findPrimaryPort();
    await group.primary.kill('SIGKILL');
    // While there is no primary.
    await sites.edit('5222');
    await poll(async () => (await group.findPrimaryPort()) !== before, {
      what: 'a replica to be promoted',
      timeoutMs: 20_000,
    });
    const cachedAfterMs = await Promise.all([
      sites.untilCached(sites.a, edited, 10_000),
      sites.untilCached(sites.b, edited, 10_000),
    ]);
    await sites.edit('5333');
    await sleep(2_000);
    const report = await sites.stop();
    await group.stop();

    expect(report.failures).toEqual([]);
    expect(report.outdated).toEqual([]);
    expect(report.visits).toBeGreaterThan(100);
    expect(Math.max(...cachedAfterMs)).toBeLessThan(5_000);
  });
});

describe('the site on a Cluster: three primaries, three replicas', () => {
  it('goes on while a primary is killed and the log’s slot moves: no error, nothing outdated', async () => {
    const cluster = await startRedisCluster({ replicas: 1 });
    const sites = await startSites({ redis: cluster, keyPrefix: 'ha:' });
    await sites.untilCached(sites.b, edited, 10_000);
    await sites.edit('6111');
    const keys = await findLogKey(cluster.nodes);

    await moveSlot(cluster.nodes, await locateSlot(cluster.nodes, keys));
    await sites.edit('6222');
    await sites.untilCached(sites.b, edited, 10_000);

    const { from } = await locateSlot(cluster.nodes, keys);
    await from.kill('SIGKILL');
    await sites.edit('6333');
    const survivors = cluster.nodes.filter((node) => node !== from);
    await poll(
      async () =>
        (await Promise.all(survivors.map((node) => node.command('CLUSTER', 'INFO')))).every((info) =>
          String(info).includes('cluster_state:ok'),
        ) && (await locateSlot(survivors, keys).catch(() => null)) !== null,
      { what: 'a replica to be promoted', timeoutMs: 30_000 },
    );
    const cachedAfterMs = await Promise.all([
      sites.untilCached(sites.a, edited, 10_000),
      sites.untilCached(sites.b, edited, 10_000),
    ]);
    await sites.edit('6444');
    await sleep(2_000);
    const crossSlot = await crossSlotErrors(survivors);
    const report = await sites.stop();
    await cluster.stop();

    expect(report.failures).toEqual([]);
    expect(report.outdated).toEqual([]);
    expect(report.visits).toBeGreaterThan(100);
    expect(Math.max(...cachedAfterMs)).toBeLessThan(5_000);
    expect(crossSlot).toEqual([]);
    expect(report.logs).not.toMatch(/CROSSSLOT/);
  });
});

/** The log's name, whatever the engine calls it: the one stream that holds records. */
async function findLogKey(nodes: readonly RedisServer[]): Promise<string> {
  for (const node of nodes) {
    const keys = (await node.command('KEYS', 'ha:*:log')) as string[];
    if (keys[0] !== undefined) return keys[0];
  }
  throw new Error('no log in the cluster');
}
