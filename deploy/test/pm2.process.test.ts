import { connect } from 'node:net';
import { join } from 'node:path';
import { createTemporaryFolder, findFreePort, poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildNextRelease, buildSite, common, seededDatabase } from '../../apps/web/test/support/site.ts';
import { currentRelease, installRelease } from '../../scripts/lib/releases.mjs';
import { failuresOf, startLoad, type Visit } from './support/load.ts';
import { type Pm2Site, preparePm2Site } from './support/pm2.ts';
import { type SiteBehindNginx, startBehindNginx } from './support/site-behind-nginx.ts';

const WORKERS = 2;
const paths = [
  '/en',
  '/de/reports',
  '/en/reports/surgical-robotics-market',
  '/en/reports?q=market',
  '/ja/categories',
  '/api/health',
  'POST /api/auth/signout',
];

let port: number;
let redis: RedisServer;
let pm2: Pm2Site;
let nginx: SiteBehindNginx;

beforeAll(async () => {
  await buildSite();
  port = await findFreePort();
  redis = await startRedis();
  pm2 = await preparePm2Site({
    ...common,
    DATABASE_URL: await seededDatabase(),
    ...redis.variables,
    PORT: String(port),
    DEPLOY_INSTANCES: String(WORKERS),
  });
  await pm2.deploy('--no-build');
  nginx = await startBehindNginx({ upstreamPort: port, staticRoot: join(pm2.deployDir, 'static') });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error((await pm2.readLogs()).slice(-5_000));
});
afterAll(async () => {
  await nginx?.stop();
  await pm2?.stop();
  await redis?.stop();
});

/** The processes of the workers that serve. */
async function serving(): Promise<number[]> {
  return (await pm2.workers()).filter(({ status }) => status === 'online').map(({ pid }) => pid);
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Runs something under load; resolves to what the visitors got from the beginning to the end of it, and as long
 * afterwards as it takes to be a load on a busy machine too.
 */
async function underLoad(run: () => Promise<void>): Promise<Visit[]> {
  const load = startLoad(nginx, paths);
  try {
    await run();
  } finally {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return load.stop(40);
}

/** Old workers end some seconds after their successors have taken over. */
async function expectReplaced(before: readonly number[]) {
  await poll(() => before.every((pid) => !isAlive(pid)), {
    what: 'the old workers to end',
    timeoutMs: 30_000,
  });
  const after = await serving();
  expect(after).toHaveLength(WORKERS);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
}

async function expectOnlyConnectionsOf(workers: number) {
  const names = async () =>
    String(await redis.command('CLIENT', 'LIST')).match(/name=cache:(data|log)/g)?.length ?? 0;
  await poll(async () => (await names()) === 2 * workers, {
    what: 'only the connections of the new workers to be left',
    timeoutMs: 10_000,
  });
}

const buildOf = ({ body }: Pick<Visit, 'body'>) => /\\"b\\":\\"([^\\]+)\\"/.exec(body)?.[1];

describe('the site under PM2 behind Nginx', () => {
  it('runs one worker for each core that it is given, all ready', async () => {
    expect(await serving()).toHaveLength(WORKERS);
    expect((await nginx.ask('/en')).status).toBe(200);
  });

  it('is reloaded under load without a failed request, and leaves no connection behind', async () => {
    const before = await serving();
    const visits = await underLoad(() => pm2.deploy('--reload'));
    expect(visits.length).toBeGreaterThan(30);
    expect(failuresOf(visits)).toEqual([]);
    await expectReplaced(before);
    await expectOnlyConnectionsOf(WORKERS);
  });

  it('finishes a request whose body arrives only after its worker was asked to end', async () => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    const head = 'Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 13';
    socket.write(`POST /api/auth/signout HTTP/1.1\r\n${head}\r\n\r\ncsrfToken=`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const reloaded = pm2.deploy('--reload');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(answer).toBe('');
    socket.write('abc');
    await poll(() => /^HTTP\/1\.1 \d/.test(answer), { what: 'an answer', timeoutMs: 20_000 });
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    socket.destroy();
    await reloaded;
  });

  it('is reloaded within the kill timeout while Redis hangs, without a failed request', async () => {
    const before = await serving();
    await redis.kill('SIGSTOP');
    try {
      const visits = await underLoad(() => pm2.deploy('--reload'));
      expect(failuresOf(visits)).toEqual([]);
      await expectReplaced(before);
    } finally {
      await redis.kill('SIGCONT');
    }
    const logs = await pm2.readLogs();
    expect(logs).not.toMatch(/SIGKILL/);
    // The site's own lines, as they are.
    expect(logs).toMatch(/^\{"level":"warn",.*Redis/m);
  });

  it('replaces one build by another under load: no failed request, no page of one served by the other', async () => {
    const folder = await createTemporaryFolder('release');
    const before = await serving();
    const old = await currentRelease(pm2.deployDir);
    const standalone = await buildNextRelease(join(folder.path, 'standalone'));
    const mixed: string[] = [];
    let watching = true;
    // Past Nginx, which hides which release has answered.
    const watch = (async () => {
      while (watching) {
        for (const path of paths.slice(0, 5)) {
          const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
          if (response === null) continue;
          const [served, contained] = [
            response.headers.get('x-build'),
            buildOf({ body: await response.text() }),
          ];
          if (served !== contained) mixed.push(`${path}: ${contained} by ${served}`);
        }
      }
    })();
    let next = '';
    const visits = await underLoad(async () => {
      next = await installRelease(standalone, pm2.deployDir);
      await pm2.deploy('--reload');
    });
    watching = false;
    await watch;
    await folder.remove();

    expect(next).not.toBe(old);
    expect(failuresOf(visits)).toEqual([]);
    expect(mixed).toEqual([]);
    expect(new Set(visits.map(buildOf).filter(Boolean))).toEqual(new Set([old, next]));
    await expectReplaced(before);
    await expectOnlyConnectionsOf(WORKERS);

    // Whoever still has a page of the old build open, or got one just before, finds its files.
    const files = new Set(
      visits.flatMap(({ body }) => body.match(/\/_next\/static\/[\w./~-]+\.(js|css)/g) ?? []),
    );
    expect(files.size).toBeGreaterThan(5);
    for (const file of files) expect((await nginx.ask(file)).status, file).toBe(200);
  });

  it('goes back to the release before', async () => {
    const now = await currentRelease(pm2.deployDir);
    const visits = await underLoad(() => pm2.deploy('--rollback'));
    expect(failuresOf(visits)).toEqual([]);
    expect(await currentRelease(pm2.deployDir)).not.toBe(now);
    await poll(async () => buildOf(await nginx.ask('/en')) !== now, {
      what: 'the release before to answer',
      timeoutMs: 30_000,
    });
  });

  it('replaces workers that take more memory than they may, without a failed request', async () => {
    const before = await serving();
    const visits = await underLoad(async () => {
      // Less than any of them takes.
      await pm2.deployWith({ DEPLOY_MAX_MEMORY: '50M' }, '--reload');
      const reloaded = await serving();
      expect(reloaded.filter((pid) => before.includes(pid))).toEqual([]);
      await poll(async () => (await serving()).every((pid) => !reloaded.includes(pid)), {
        what: 'workers to be replaced because of their memory',
        timeoutMs: 60_000,
        intervalMs: 500,
      });
    });
    expect(failuresOf(visits)).toEqual([]);
    await pm2.deployWith({ DEPLOY_MAX_MEMORY: '768M' }, '--reload');
    const last = await serving();
    await poll(async () => (await serving()).join() === last.join() && last.length === WORKERS);
  });

  it('answers on when a worker is killed, and gets another one', async () => {
    const [victim = 0] = await serving();
    const visits = await underLoad(async () => {
      process.kill(victim, 'SIGKILL');
      await poll(async () => (await serving()).filter((pid) => pid !== victim).length === WORKERS, {
        what: 'another worker',
        timeoutMs: 30_000,
        intervalMs: 500,
      });
    });
    // What only reads is asked of another worker, at the latest when nothing has come for 15 s (Node's cluster may lose
    // a connection with the worker that it was for); what writes may have been done, and is not. Nobody can take back
    // the beginning of an answer that a browser has already.
    const reads = visits.filter(({ path }) => !path.startsWith('POST'));
    expect(failuresOf(reads.filter(({ cut }) => !cut))).toEqual([]);
    expect(reads.length).toBeGreaterThan(20);
  });
});
