// What a hit of the route cache costs: 10 KB of JSON, beside the same route uncached, `unstable_cache` inside the route,
// a static file from the same server, and in Next.js a route that returns a constant, which is what any route handler
// costs there; with the front before it, and without. Rounds take turns; medians of rounds.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNext, type ForkedNode, forkNode, startNext } from '@tbi/testing';
import { makeItems } from '../packages/route-cache/test/fixtures/next-app/lib/items.ts';
import type { Load } from './http-load.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 7;
const CONNECTIONS = 16;
const STATIC = '/items.json';
const rows: string[][] = [];
const app = fileURLToPath(new URL('../packages/route-cache/test/fixtures/next-app', import.meta.url));

interface Round extends Load {
  /** CPU time that the server spent on a request. */
  readonly cpuUs: number;
}

const client = await forkNode(new URL('./http-load.ts', import.meta.url));

async function compare(
  name: string,
  server: { port: number; pid: number },
  paths: readonly string[],
  requests: number,
) {
  const rounds = new Map<string, Round[]>(paths.map((path) => [path, []]));
  // The first round warms up.
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [path, list] of rounds) {
      const beforeUs = cpuTimeUs(server.pid);
      const load = await client.call<Load>('load', server.port, path, CONNECTIONS, requests);
      if (round >= 0) list.push({ ...load, cpuUs: (cpuTimeUs(server.pid) - beforeUs) / requests });
    }
  }
  const middle = (path: string, of: (round: Round) => number) => median((rounds.get(path) ?? []).map(of));
  for (const path of paths) {
    const time = middle(path, ({ perSecond }) => 1 / perSecond);
    const ratio = time / middle(STATIC, ({ perSecond }) => 1 / perSecond);
    rows.push([
      `${name} ${path}`,
      Math.round(1 / time).toLocaleString('en'),
      `${ratio.toFixed(2)} ×`,
      `${Math.round(middle(path, ({ cpuUs }) => cpuUs))} µs`,
      middle(path, ({ p50Ms }) => p50Ms).toFixed(2),
      middle(path, ({ p99Ms }) => p99Ms).toFixed(2),
      path === '/cached' && name !== 'next start' ? '≤ 1.3 ×' : '',
    ]);
  }
}

/** User and system time of a process, from Linux's accounting in hundredths of a second. */
function cpuTimeUs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function benchNodeHttp() {
  const server: ForkedNode = await forkNode(new URL('./route-server.ts', import.meta.url));
  const port = await server.call<number>('port');
  await compare('node:http', { port, pid: server.pid }, [STATIC, '/cached', '/uncached'], 4_000);
  await server.kill();
}

async function benchNext() {
  const packages = ['cache', 'route-cache'].map((name) =>
    fileURLToPath(new URL(`../packages/${name}/src`, import.meta.url)),
  );
  await buildNext({ dir: app, inputs: packages });
  const server = await startNext({ dir: app });
  await compare('next start', server, [STATIC, '/constant', '/cached', '/uncached', '/unstable'], 1_000);
  await server.stop();
}

async function benchFront() {
  const server: ForkedNode = await forkNode(new URL('./route-next-server.ts', import.meta.url), {
    env: { NODE_ENV: 'production' },
  });
  const port = await server.call<number>('port');
  await compare('next behind the front', { port, pid: server.pid }, [STATIC, '/constant', '/cached'], 1_000);
  await server.kill();
}

mkdirSync(join(app, 'public'), { recursive: true });
writeFileSync(join(app, 'public', 'items.json'), JSON.stringify(makeItems()));
try {
  await benchNodeHttp();
  await benchNext();
  await benchFront();
} finally {
  await client.kill();
}
printTable(
  ['10 KB of JSON, 16 connections', 'hits/s', 'time ÷ static file', 'server CPU', 'p50 ms', 'p99 ms', 'aim'],
  rows,
);
