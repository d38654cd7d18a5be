import { AsyncLocalStorage } from 'node:async_hooks';
import { poll, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closePools, hang, openPool, refusal, settingsOf } from './pools.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis({ unhardened: 'transport' });
});
afterEach(closePools);
afterAll(() => server.stop());

const clients = async () => String(await server.command('CLIENT', 'LIST')).match(/name=test:\w+/g) ?? [];

async function connected() {
  const { pool, lines } = openPool(settingsOf(server));
  expect(await pool.connect()).toBe(true);
  return { pool, lines, data: pool.data };
}

describe('opening', () => {
  it('waits for the first use', async () => {
    const { pool } = openPool(settingsOf(server));
    pool.data.onReady(() => {});
    expect(pool.health()).toMatchObject({ status: 'down', reason: 'Nothing has used Redis yet.' });
    expect(await clients()).toEqual([]);
    await refusal(pool.data.command('PING', []));
    await poll(() => pool.data.ready);
    expect(await clients()).toEqual(['name=test:data']);
    expect(pool.health()).toMatchObject({ status: 'ready' });
  });

  it('refuses at once what comes before it is done', async () => {
    const { pool } = openPool(settingsOf(server));
    const { code, afterMs } = await refusal(pool.data.command('PING', []));
    expect(code).toBe('ERR_REDIS_UNAVAILABLE');
    expect(afterMs).toBeLessThan(20);
  });

  it('tells when it is done, each time', async () => {
    const { pool } = openPool(settingsOf(server));
    let calls = 0;
    const stop = pool.data.onReady(() => calls++);
    await pool.connect();
    expect([calls, pool.data.generation, pool.data.ready]).toEqual([1, 1, true]);
    await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await poll(() => pool.data.generation === 2);
    await poll(() => calls === 2);
    stop();
  });

  it('keeps nothing of the request in which it happens', async () => {
    const { pool } = openPool(settingsOf(server));
    const requests = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    pool.data.onReady(() => seen.push(requests.getStore()));
    await requests.run('request', () => refusal(pool.data.command('PING', [])));
    await poll(() => pool.data.ready);
    await hang(server);
    await requests.run('request', () => refusal(pool.data.command('PING', [])));
    await poll(() => !pool.data.ready);
    await server.kill('SIGCONT');
    await poll(() => seen.length === 2);
    expect(seen).toEqual([undefined, undefined]);
  });
});

describe('replies', () => {
  it('are bytes, numbers, null and lists, as RESP2 has them', async () => {
    const { data } = await connected();
    const bytes = Buffer.from([0, 255, 13, 10, 128]);
    expect(await data.command('SET', ['bytes', bytes])).toEqual(Buffer.from('OK'));
    expect(await data.command('GET', ['bytes'])).toEqual(bytes);
    expect(await data.command('GET', ['absent'])).toBeNull();
    expect(await data.command('INCRBY', ['count', 41])).toBe(41);
    expect(await data.command('HSET', ['hash', 'a', '1'])).toBe(1);
    expect(await data.command('HGETALL', ['hash'])).toEqual([Buffer.from('a'), Buffer.from('1')]);
    expect(await data.command('SADD', ['set', 'x'])).toBe(1);
    expect(await data.command('SMEMBERS', ['set'])).toEqual([Buffer.from('x')]);
    expect(await data.command('ZADD', ['sorted', '1.5', 'z'])).toBe(1);
    expect(await data.command('ZRANGE', ['sorted', 0, -1, 'WITHSCORES'])).toEqual([
      Buffer.from('z'),
      Buffer.from('1.5'),
    ]);
    await data.command('XADD', ['stream', '1-1', 'k', 'v']);
    expect(await data.command('XREAD', ['STREAMS', 'stream', '0'])).toEqual([
      [Buffer.from('stream'), [[Buffer.from('1-1'), [Buffer.from('k'), Buffer.from('v')]]]],
    ]);
  });

  it('that are errors carry their first word and no argument', async () => {
    const { data } = await connected();
    await data.command('SET', ['text', 'x']);
    const wrongType = await refusal(data.command('LPUSH', ['text', 'canary']));
    expect(wrongType.error).toMatchObject({ code: 'ERR_REDIS_REPLY', reply: 'WRONGTYPE' });
    const unknown = await refusal(data.command('NONSENSE', ['canary', 'canary']));
    expect(unknown.error).toMatchObject({ code: 'ERR_REDIS_REPLY', reply: 'ERR' });
    expect(unknown.error.message).toBe('Redis answered NONSENSE with: ERR unknown command');
  });

  it('that are errors do not open the breaker', async () => {
    const { data } = await connected();
    await data.command('SET', ['text', 'x']);
    for (let i = 0; i < 20; i++) await refusal(data.command('LPUSH', ['text', 'x']));
    expect(await data.command('GET', ['text'])).toEqual(Buffer.from('x'));
  });
});

describe('scripts', () => {
  const script = { name: 'echo', lua: "return {KEYS[1], ARGV[1], 7, redis.call('GET', 'absent')}" };

  it('run by hash, and by text when the server does not know them', async () => {
    const { data } = await connected();
    const expected = [Buffer.from('key'), Buffer.from([1, 2]), 7, null];
    expect(await data.script(script, ['key'], [Buffer.from([1, 2])])).toEqual(expected);
    await server.command('SCRIPT', 'FLUSH');
    expect(await data.script(script, ['key'], [Buffer.from([1, 2])])).toEqual(expected);
    const before = Number(
      /cmdstat_eval:calls=(\d+)/.exec(String(await server.command('INFO', 'commandstats')))?.[1],
    );
    await data.script(script, ['key'], [Buffer.from([1, 2])]);
    const after = Number(
      /cmdstat_eval:calls=(\d+)/.exec(String(await server.command('INFO', 'commandstats')))?.[1],
    );
    expect([before, after]).toEqual([2, 2]);
  });

  it('are named by their error', async () => {
    const { data } = await connected();
    const { error } = await refusal(
      data.script({ name: 'broken', lua: "return redis.error_reply('MINE no')" }, [], []),
    );
    expect(error).toMatchObject({ code: 'ERR_REDIS_REPLY', reply: 'MINE' });
    expect(error.message).toContain('the script "broken"');
  });
});

describe('closing', () => {
  it('refuses what is unanswered and what comes later, and may be repeated', async () => {
    const { pool } = await connected();
    const blocked = refusal(pool.log.command('BLPOP', ['nothing', 5], { timeoutMs: 6_000 }));
    await pool.close();
    await pool.close();
    expect((await blocked).code).toBe('ERR_REDIS_UNAVAILABLE');
    expect((await refusal(pool.data.command('PING', []))).code).toBe('ERR_REDIS_UNAVAILABLE');
    expect(pool.health()).toMatchObject({
      status: 'down',
      reason: 'This process has closed its connections.',
    });
    await poll(async () => (await clients()).length === 0);
  });

  it('ends an opening that is under way', async () => {
    const { pool } = openPool(settingsOf(server));
    await refusal(pool.data.command('PING', []));
    await pool.close();
    await poll(async () => (await clients()).length === 0);
    expect(pool.data.generation).toBe(0);
  });
});
