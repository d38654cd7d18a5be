import { createRedis, type RedisPool } from '@tbi/redis';
import { type RedisServer, settingsOf, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeToken } from '../src/server/operating/operator-token.ts';
import { createThrottle } from '../src/server/throttle.ts';

const LIMIT = 5;
const RIGHT = 'the operators’ token';
let server: RedisServer;
let pool: RedisPool;
beforeAll(async () => {
  server = await startRedis({ user: 'sessions' });
  pool = createRedis(settingsOf(server), { name: 'test', log: { info() {}, warn() {} } });
  await pool.connect();
});
afterAll(async () => {
  await pool.close();
  await server.stop();
});

describe.each(['in Redis', 'in memory'])('the operators’ token, with attempts counted %s', (where) => {
  function guesser() {
    const redis = where === 'in Redis' ? pool.data : null;
    const keyPrefix = `${where}:${performance.now()}`;
    const throttle = createThrottle({ keyPrefix, limit: LIMIT, windowSeconds: 60, redis });
    return (given: string, address = 'a', expected: string | undefined = RIGHT) =>
      judgeToken(given, { expected, address, throttle });
  }

  it('opens as often as it is shown', async () => {
    const judge = guesser();
    for (let i = 0; i < LIMIT * 3; i += 1) expect(await judge(RIGHT)).toBe('right');
  });

  it('gives nobody attempts back that wrong ones have taken', async () => {
    const judge = guesser();
    for (let i = 0; i < LIMIT - 1; i += 1) expect(await judge(`wrong ${i}`)).toBe('wrong');
    expect(await judge(RIGHT)).toBe('right');
    expect([await judge('wrong'), await judge('wrong')]).toEqual(['wrong', 'too-many']);
  });

  it('is not told from wrong ones where too many were tried, in turn or at once, and opens elsewhere', async () => {
    const judge = guesser();
    const guesses = await Promise.all(Array.from({ length: LIMIT * 4 }, (_, i) => judge(`wrong ${i}`)));
    expect(guesses.filter((judged) => judged === 'wrong')).toHaveLength(LIMIT);
    expect(await judge(RIGHT)).toBe('too-many');
    expect(await judge(RIGHT, 'b')).toBe('right');
  });

  it('does not exist where none is set', async () => {
    const judge = guesser();
    const throttle = { take: async () => true, giveBack: async () => {} };
    expect(await judgeToken('', { expected: undefined, address: 'a', throttle })).toBe('wrong');
    expect(await judge('')).toBe('wrong');
  });
});
