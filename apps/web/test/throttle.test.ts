import { createRedis, type RedisPool } from '@tbi/redis';
import { poll, type RedisServer, settingsOf, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createThrottle, type Throttle } from '../src/server/throttle.ts';

const SILENT = { info() {}, warn() {} };
let server: RedisServer;
const pools: RedisPool[] = [];

beforeAll(async () => {
  server = await startRedis({ user: 'sessions' });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await server.stop();
});

/** A connection of its own, as another process has one. */
async function connected() {
  const pool = createRedis({ ...settingsOf(server), commandTimeoutMs: 2_000 }, { name: 'test', log: SILENT });
  pools.push(pool);
  await pool.connect();
  return pool.data;
}

const take = async (throttle: Throttle, key: string, times: number) => {
  const taken: boolean[] = [];
  for (let i = 0; i < times; i += 1) taken.push(await throttle.take(key));
  return taken;
};

describe.each([
  { where: 'in Redis', connect: connected },
  { where: 'in memory', connect: async () => null },
])('a throttle $where', ({ where, connect }) => {
  const options = { keyPrefix: `test:${where}`, limit: 2, windowSeconds: 60 };

  it('gives each key its attempts and no more', async () => {
    const throttle = createThrottle({ ...options, redis: await connect() });
    expect(await take(throttle, 'a', 3)).toEqual([true, true, false]);
    expect(await take(throttle, 'b', 3)).toEqual([true, true, false]);
  });

  it('gives them back when the window has ended', async () => {
    const throttle = createThrottle({ ...options, windowSeconds: 1, redis: await connect() });
    expect(await take(throttle, 'window', 3)).toEqual([true, true, false]);
    await sleep(1_050);
    expect(await take(throttle, 'window', 3)).toEqual([true, true, false]);
  });

  it('gives them back when it is told to', async () => {
    const throttle = createThrottle({ ...options, redis: await connect() });
    await take(throttle, 'cleared', 3);
    await throttle.clear('cleared');
    expect(await take(throttle, 'cleared', 1)).toEqual([true]);
  });
});

describe('a throttle of several processes', () => {
  const options = { keyPrefix: 'shared', limit: 5, windowSeconds: 60 };

  it('counts for all of them together, also at once, under names that tell nothing', async () => {
    const throttles = [await connected(), await connected()].map((redis) =>
      createThrottle({ ...options, redis }),
    );
    const attempts = Array.from({ length: 40 }, (_, i) => throttles[i % 2]?.take('person@example.com'));
    expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(5);
    const keys = (await server.command('KEYS', 'shared*')) as string[];
    expect(keys).toHaveLength(1);
    expect(keys.join()).not.toContain('person');
  });

  it('counts for each of them while Redis is away, and never fails', async () => {
    const throttle = createThrottle({ ...options, redis: await connected() });
    await server.kill('SIGKILL');
    await poll(async () => {
      const taken = await take(throttle, `away-${performance.now()}`, 6);
      return taken.join() === 'true,true,true,true,true,false';
    });
    await throttle.clear('away');
    await server.restart();
  });
});
