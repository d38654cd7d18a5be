import {
  findFreePort,
  type NextServer,
  poll,
  type RedisServer,
  redisAt,
  sleep,
  startRedis,
} from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, buildSite, seededDatabase, startSite, visit } from './support/site.ts';

let databaseUrl: string;
let site: NextServer;
let redis: RedisServer;
/** How long the slowest page takes the same visitors when there never was a Redis. */
let slowestUncachedMs = 0;

beforeAll(async () => {
  await buildSite();
  databaseUrl = await seededDatabase();
});
afterAll(async () => {
  await site?.stop();
  await redis?.stop();
});

const paths = [
  '/en',
  '/de/reports',
  '/en/reports/surgical-robotics-market',
  '/en/reports?q=market',
  '/ja/categories',
];

const slowest = (answers: readonly Answer[]) => Math.max(...answers.map(({ tookMs }) => tookMs));

/**
 * Four visitors ask for one page after the other until they are stopped, which waits until there are some answers,
 * however busy the machine is; resolves to everything they got.
 */
function browse(site: NextServer): { stop(): Promise<Answer[]> } {
  let stopped = false;
  const answers: Answer[] = [];
  const visitor = async (first: number) => {
    for (let i = first; !stopped; i += 1) {
      answers.push(await visit(site, paths[i % paths.length] ?? '/en'));
      await sleep(20);
    }
  };
  const visitors = Promise.all([0, 1, 2, 3].map(visitor));
  return {
    async stop() {
      await poll(() => answers.length > 20, { timeoutMs: 30_000 });
      stopped = true;
      await visitors;
      return answers;
    },
  };
}

describe('the site without Redis', () => {
  it('starts without it, and caches within ten seconds once it is there', async () => {
    const port = await findFreePort();
    site = await startSite({ databaseUrl, redis: redisAt(port) });
    for (const path of paths) expect((await visit(site, path)).status, path).toBe(200);
    expect(await site.readLogs()).toMatch(/Nothing listens at 127\.0\.0\.1/);

    const load = browse(site);
    await sleep(2_000);
    slowestUncachedMs = slowest(await load.stop());

    redis = await startRedis({ port });
    await poll(async () => (await visit(site, '/en/reports/surgical-robotics-market')).cache === 'HIT', {
      what: 'a hit',
      timeoutMs: 10_000,
    });
  });

  it('goes on while it is killed and started again under load: no error, nobody waits for a second', async () => {
    for (const path of paths) await visit(site, path);
    const load = browse(site);
    await sleep(1_000);
    await redis.kill('SIGKILL');
    await sleep(2_500);
    await redis.restart();
    await sleep(2_500);
    const answers = await load.stop();

    expect(answers.length).toBeGreaterThan(20);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // On a machine that is busy with other things, what every page costs without a cache is the measure.
    expect(slowest(answers)).toBeLessThan(Math.max(1_000, 2 * slowestUncachedMs));
    await poll(async () => (await visit(site, paths[2] ?? '')).cache === 'HIT', {
      what: 'a hit after the restart',
      timeoutMs: 10_000,
    });
  });

  it('answers while it hangs, and tells its health whatever Redis does', async () => {
    await redis.kill('SIGSTOP');
    try {
      for (const path of paths) {
        const answer = await visit(site, path);
        expect([answer.status, answer.tookMs < 2_000], path).toEqual([200, true]);
      }
      const health = await site.fetch('/api/health');
      expect(health.status).toBe(200);
      expect(await health.json()).toMatchObject({ status: 'ok' });
    } finally {
      await redis.kill('SIGCONT');
    }
  });

  it('says in one plain sentence what is wrong with a password, without showing it', async () => {
    const guarded = await startRedis({ password: 'right', unhardened: 'password' });
    const wrong = await startSite({
      databaseUrl,
      redis: { variables: { REDIS_URL: `redis://:canary-7731@127.0.0.1:${guarded.port}` } },
    });
    try {
      expect((await visit(wrong, '/en')).status).toBe(200);
      const logs = await poll(async () => {
        const text = await wrong.readLogs();
        return /refuses the password/.test(text) && text;
      });
      expect(logs).not.toContain('canary-7731');
    } finally {
      await wrong.stop();
      await guarded.stop();
    }
  });
});
