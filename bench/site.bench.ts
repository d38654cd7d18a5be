import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  createTemporaryFolder,
  findFreePort,
  type NextServer,
  type RedisServer,
  startNext,
  startRedis,
} from '@tbi/testing';
import autocannon from 'autocannon';
import { buildSite, common, seededDatabase, standalone } from '../apps/web/test/support/site.ts';
import { type SiteBehindNginx, startBehindNginx } from '../deploy/test/support/site-behind-nginx.ts';
import { median, printTable } from './table.ts';

/*
 * `pnpm bench:site`: what one worker of the site answers, directly and behind Nginx, with our cache and with Next's own.
 * The load comes from the same machine, so its numbers are for comparing, not for promising. Setups take turns, so that
 * what else the machine does meets them all.
 */
const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 16;

const page = '/en/reports/surgical-robotics-market';

interface Question {
  readonly title: string;
  /** Each request's own, so that no answer is there yet. */
  readonly path: (count: number) => string;
}

/** Words that every report has, in an order of their own. */
const wordsOf = (count: number) => [...count.toString(8)].map((digit) => 'aeinorst'[Number(digit)]).join('+');

const questions: readonly Question[] = [
  { title: 'cached page', path: () => page },
  { title: 'search that nobody made before', path: (count) => `/en/reports?q=market+${wordsOf(count)}` },
];

interface Setup {
  readonly title: string;
  readonly url: string;
}

interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
}

let count = 0;

async function measure({ url }: Setup, { path }: Question): Promise<Measured> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ setupRequest: (request) => ({ ...request, path: path(++count) }) }],
    tlsOptions: { rejectUnauthorized: false },
  });
  return {
    perSecond: result.requests.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: result.errors + result.non2xx,
  };
}

/** Fails unless every setup gives the same answer: an error page is quick. */
async function checkAnswers(setups: readonly Setup[], { title, path }: Question): Promise<void> {
  const asked = path(++count);
  const texts = new Set<string>();
  for (const { url } of setups) texts.add(textOf(await ask(url + asked)));
  if (texts.size !== 1) throw new Error(`${title}: the setups do not answer the same.`);
}

const textOf = (html: string) => html.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, '');

/** With the certificate of the Nginx beside us. */
function ask(url: string): Promise<string> {
  const { get } = url.startsWith('https') ? https : http;
  return new Promise((resolve, reject) => {
    get(url, { rejectUnauthorized: false }, (response) => {
      if (response.statusCode === 200) text(response).then(resolve, reject);
      else reject(new Error(`${url} answered ${response.statusCode}.`));
    }).on('error', reject);
  });
}

/** The same build with Next's own caches in place of ours. */
async function withoutHandlers(folder: string): Promise<string> {
  await cp(standalone, folder, { recursive: true, verbatimSymlinks: true });
  const file = join(folder, 'apps', 'web', '.next', 'required-server-files.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const {
    cacheHandler: _one,
    cacheHandlers: _others,
    cacheMaxMemorySize: _size,
    ...config
  } = manifest.config;
  // Without the empty object Next has no `'use cache'` handlers at all, and pages fail half way.
  manifest.config = { ...config, cacheHandlers: {}, cacheMaxMemorySize: 50 * 1024 * 1024 };
  await writeFile(file, JSON.stringify(manifest));
  return folder;
}

async function visitSitemap(site: NextServer): Promise<void> {
  const xml = await (await site.fetch('/sitemap.xml')).text();
  const paths = [...xml.matchAll(/<loc>https?:\/\/[^/]+([^<]+)<\/loc>/g)].map(([, path = '/']) => path);
  for (const path of paths.filter((_, index) => index % 10 === 0)) await (await site.fetch(path)).text();
}

/** Memory of the entries, Redis's own overhead included. */
async function sizesByKind(redis: RedisServer): Promise<string[][]> {
  const sizes = new Map<string, number[]>();
  let cursor = '0';
  do {
    const [next, keys] = (await redis.command('SCAN', cursor, 'COUNT', '1000')) as [string, string[]];
    for (const key of keys) {
      const kind = /:e:([^:]+):/.exec(key)?.[1] ?? key.replace(/^.*[:}]:?/, '').slice(0, 20);
      const bytes = Number(await redis.command('MEMORY', 'USAGE', key));
      sizes.set(kind, [...(sizes.get(kind) ?? []), bytes]);
    }
    cursor = next;
  } while (cursor !== '0');
  return [...sizes].map(([kind, all]) => [
    kind,
    String(all.length),
    median(all).toFixed(0),
    Math.max(...all).toFixed(0),
  ]);
}

async function main() {
  await buildSite();
  const databaseUrl = await seededDatabase();
  const folder = await createTemporaryFolder('bench');
  const redis = await startRedis();
  const files = join(folder.path, 'files');
  await mkdir(join(files, '_next'), { recursive: true });
  await symlink(join(standalone, 'apps', 'web', '.next', 'static'), join(files, '_next', 'static'));

  const started: { stop(): Promise<void> }[] = [redis];
  const start = async (output: string, variables: Readonly<Record<string, string>>) => {
    const app = join(output, 'apps', 'web');
    const port = await findFreePort();
    const env = { ...common, DATABASE_URL: databaseUrl, ...variables };
    const site: NextServer = await startNext({ dir: app, serverFile: join(app, 'serve.mjs'), port, env });
    const nginx: SiteBehindNginx = await startBehindNginx({ upstreamPort: port, staticRoot: files });
    started.unshift(nginx, site);
    return { site, nginx };
  };
  const ours = await start(standalone, { REDIS_URL: redis.url });
  const withoutL1 = await start(standalone, {
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: 'l2:',
    CACHE_L1_MAX_BYTES: '0',
  });
  const nexts = await start(await withoutHandlers(join(folder.path, 'plain')), {});

  const setups: readonly Setup[] = [
    { title: 'ours on Redis, direct', url: ours.site.url },
    { title: 'ours on Redis, behind Nginx', url: ours.nginx.url },
    { title: 'ours on Redis without memory tier, direct', url: withoutL1.site.url },
    { title: 'Next’s own, direct', url: nexts.site.url },
    { title: 'Next’s own, behind Nginx', url: nexts.nginx.url },
  ];

  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}; ` +
      `one worker, ${CONNECTIONS} connections from the same machine, median of ${ROUNDS} × ${SECONDS} s\n`,
  );
  const rows: string[][] = [];
  for (const question of questions) {
    await checkAnswers(setups, question);
    const measured = new Map<Setup, Measured[]>(setups.map((setup) => [setup, []]));
    for (const setup of setups) await measure(setup, question);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const setup of setups) measured.get(setup)?.push(await measure(setup, question));
    }
    for (const [{ title }, all] of measured) {
      const of = (pick: (one: Measured) => number) => median(all.map(pick));
      rows.push([
        question.title,
        title,
        of((one) => one.perSecond).toFixed(0),
        of((one) => one.p50Ms).toFixed(0),
        of((one) => one.p99Ms).toFixed(0),
        String(all.reduce((sum, { errors }) => sum + errors, 0)),
      ]);
    }
  }
  printTable(['asked for', 'setup', 'requests/s', 'p50 ms', 'p99 ms', 'errors'], rows);
  console.log('\nWhat Redis holds after a visit to every tenth page of the sitemap:\n');
  await visitSitemap(ours.site);
  printTable(['kind', 'entries', 'median bytes', 'largest'], await sizesByKind(redis));
  for (const each of started) await each.stop();
  await folder.remove();
}

// Waiting for servers that the guardian holds keeps no process alive.
setInterval(() => {}, 60_000);
await main();
// The shared database server ends with this process.
process.exit(0);
