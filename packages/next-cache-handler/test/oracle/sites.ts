import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NextServer, poll, type RedisServer, startNext, startRedis } from '@tbi/testing';
import { buildApp } from '../helpers/fixture.ts';
import { assembleOracleApp, type OracleApp, oracleDir } from './fixtures.ts';
import { startUpstream } from './upstream.ts';
import type { Site } from './visitor.ts';

export interface RunningSite extends Site {
  stop(): Promise<void>;
}

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const FINGERPRINT = 'the data of the build';

/** What the handlers log of a lookup that is a miss for no reason of the entry's. */
const STALL = / origin (unsynced|deadline|breaker-open) /g;

/** The whole of what a stranger's app is told. */
const handlers = {
  NEXT_CACHE_HANDLER_PATH: join(dist, 'incremental.js'),
  NEXT_DEFAULT_CACHE_HANDLER_PATH: join(dist, 'use-cache.js'),
  NEXT_REMOTE_CACHE_HANDLER_PATH: join(dist, 'use-cache.js'),
};

/**
 * Lets ours vouch for what the build prerendered, as an app does that knows its data: as young as if it had begun
 * long after the log of a Redis that was started just now.
 */
export async function vouchForBuild(app: OracleApp): Promise<void> {
  const content = { fingerprint: FINGERPRINT, beganAtMs: Date.now() + 3_600_000, builtAtMs: Date.now() };
  await writeFile(join(oracleDir(app), '.next', 'tbi-build.json'), JSON.stringify(content));
}

/** Puts an app together and builds it, unless that was done before. */
export async function buildOracleApp(app: OracleApp): Promise<void> {
  await assembleOracleApp(app);
  await buildApp(oracleDir(app));
}

/** A built app on Next's own cache, in one process. */
export async function startOracle(app: OracleApp): Promise<RunningSite> {
  const upstream = await startUpstream();
  // Next's own cache keeps what it makes in the build's folder: what an earlier run has left there must not count.
  const kept = ['cache/fetch-cache', 'cache/images', 'server/route-cache'];
  const dir = oracleDir(app);
  await Promise.all(kept.map((name) => rm(join(dir, '.next', name), { recursive: true, force: true })));
  const server = await startNext({ dir, env: { SOURCE_URL: upstream.url } });
  return {
    servers: [server],
    upstream,
    countStalls: async () => 0,
    stop: async () => void (await Promise.all([server.stop(), upstream.close()])),
  };
}

export interface OurSite extends RunningSite {
  readonly redis: RedisServer;
}

/** The same app on ours, in one or more processes that share a Redis of their own. */
export async function startOurs(
  app: OracleApp,
  processes: number,
  more: Readonly<Record<string, string>> = {},
): Promise<OurSite> {
  const [upstream, redis] = await Promise.all([startUpstream(), startRedis()]);
  const env = {
    SOURCE_URL: upstream.url,
    REDIS_URL: redis.url,
    FIXTURE_FINGERPRINT: FINGERPRINT,
    DEBUG_CACHE_HANDLER: '1',
    // A busy machine must not look like a Redis that is down.
    REDIS_COMMAND_TIMEOUT_MS: '5000',
    ...handlers,
    ...more,
  };
  const servers = await Promise.all(
    Array.from({ length: processes }, () => startNext({ dir: oracleDir(app), env })),
  );
  await Promise.all(servers.map(untilJoined));
  return {
    servers,
    upstream,
    redis,
    async countStalls() {
      const logs = await Promise.all(servers.map((server) => server.readLogs()));
      return logs.join('\n').match(STALL)?.length ?? 0;
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
      await Promise.all([redis.stop(), upstream.close()]);
    },
  };
}

/** What begins in the first moments of a process, before it follows the log, is not stored. */
async function untilJoined(server: NextServer): Promise<void> {
  const read = async () => (await server.fetch(`/unstable/joined-${server.pid}`)).text();
  await poll(
    async () => {
      const first = await read();
      return (await read()) === first;
    },
    { what: 'the process to store what it makes' },
  );
}
