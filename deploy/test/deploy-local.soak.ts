import { join } from 'node:path';
import { findFreePort, poll, type RedisServer, sharedDatabase, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { common } from '../../apps/web/test/support/site.ts';
import { listReleases } from '../../scripts/lib/releases.mjs';
import { failuresOf, startLoad } from './support/load.ts';
import { type Pm2Site, preparePm2Site } from './support/pm2.ts';
import { type SiteBehindNginx, startBehindNginx } from './support/site-behind-nginx.ts';

/*
 * `pnpm deploy:local` as it is typed, with its own build: too dear for every run of the tests. The rest of it is in
 * pm2.process.test.ts.
 */
const WORKERS = 2;
const PATHS = ['/en', '/de/reports', '/en/reports?q=market', '/api/health'];

let redis: RedisServer;
let pm2: Pm2Site;
let nginx: SiteBehindNginx | undefined;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  await nginx?.stop();
  await pm2?.stop();
  await redis?.stop();
});

const serving = async () =>
  (await pm2.workers()).filter(({ status }) => status === 'online').map(({ pid }) => pid);

it('builds, migrates an empty database and starts; the second time it replaces the workers, and no request fails', async () => {
  const port = await findFreePort();
  pm2 = await preparePm2Site({
    ...common,
    ...redis.variables,
    DATABASE_URL: await sharedDatabase(),
    PORT: String(port),
    DEPLOY_INSTANCES: String(WORKERS),
  });
  await pm2.deploy();
  nginx = await startBehindNginx({ upstreamPort: port, staticRoot: join(pm2.deployDir, 'static') });
  for (const path of PATHS) expect((await nginx.ask(path)).status, path).toBe(200);
  const before = await serving();
  expect(before).toHaveLength(WORKERS);

  const load = startLoad(nginx, PATHS);
  await pm2.deploy();
  await poll(async () => (await serving()).every((pid) => !before.includes(pid)), {
    what: 'workers of the second build',
    timeoutMs: 30_000,
  });
  const visits = await load.stop();
  expect(visits.length).toBeGreaterThan(100);
  expect(failuresOf(visits)).toEqual([]);
  expect(await serving()).toHaveLength(WORKERS);
  expect(await listReleases(pm2.deployDir)).toHaveLength(2);
});
