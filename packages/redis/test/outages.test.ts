import { poll, type RedisServer, sleep, startFaultProxy, startRedis } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePools, hang, openPool, refusal, settingsOf } from './pools.ts';

const DEADLINE_MS = 150;
/** Time of the machine's own, on top of what is promised. */
const SLACK_MS = 150;

let server: RedisServer;
beforeEach(async () => {
  server = await startRedis();
});
afterEach(async () => {
  await closePools();
  await server.stop();
});

async function connected() {
  const { pool, lines } = openPool(settingsOf(server));
  expect(await pool.connect()).toBe(true);
  return { pool, lines, data: pool.data };
}

describe('a hung server', () => {
  it('costs one deadline, once, and is used again soon after it recovers', async () => {
    const { pool, lines, data } = await connected();
    await data.command('SET', ['key', 'value']);
    await hang(server);
    const calls = await Promise.all([1, 2, 3].map(() => refusal(data.command('GET', ['key']))));
    for (const { code, afterMs } of calls) {
      expect(code).toBe('ERR_REDIS_DEADLINE');
      expect(afterMs).toBeLessThan(DEADLINE_MS + SLACK_MS);
    }
    const next = await refusal(data.command('GET', ['key']));
    expect(next.code).toBe('ERR_REDIS_BREAKER_OPEN');
    expect(next.afterMs).toBeLessThan(20);
    expect(pool.health()).toMatchObject({ status: 'degraded' });

    const until = performance.now() + 4_000;
    while (performance.now() < until) {
      const { afterMs } = await refusal(data.command('GET', ['key']));
      expect(afterMs).toBeLessThan(DEADLINE_MS + SLACK_MS);
      await sleep(20);
    }
    await server.kill('SIGCONT');
    await poll(() => data.command('GET', ['key']), { timeoutMs: 3_000 });
    await poll(() => pool.health().status === 'ready', { timeoutMs: 3_000 });
    expect(lines.filter((line) => line.startsWith('warn')).length).toBeLessThanOrEqual(3);
  });

  it('cannot hold up a blocking reader beyond its own limit', async () => {
    const { pool } = await connected();
    await hang(server);
    const { code, afterMs } = await refusal(
      pool.log.command('XREAD', ['BLOCK', 200, 'STREAMS', 's', '$'], { timeoutMs: 400 }),
    );
    expect(code).toBe('ERR_REDIS_DEADLINE');
    expect(afterMs).toBeLessThan(400 + SLACK_MS);
    await poll(() => !pool.log.ready, { timeoutMs: 1_000 });
  });

  it('cannot hold up closing', async () => {
    const { pool, data } = await connected();
    await hang(server);
    const unanswered = refusal(data.command('GET', ['key'], { timeoutMs: 60_000 }));
    const startedMs = performance.now();
    await pool.close();
    expect((await unanswered).code).toBe('ERR_REDIS_UNAVAILABLE');
    expect(performance.now() - startedMs).toBeLessThan(SLACK_MS);
  });

  it('is asked in spite of the breaker when the caller insists', async () => {
    const { data } = await connected();
    await hang(server);
    await refusal(data.command('GET', ['key']));
    expect((await refusal(data.command('GET', ['key']))).code).toBe('ERR_REDIS_BREAKER_OPEN');
    const insisted = await refusal(data.command('GET', ['key'], { ignoreBreaker: true, timeoutMs: 50 }));
    expect(insisted.code).toBe('ERR_REDIS_DEADLINE');
  });
});

describe('a network that swallows packets', () => {
  it('is left for a new connection', async () => {
    const proxy = await startFaultProxy({ target: server.url });
    const { pool } = openPool(settingsOf(proxy));
    expect(await pool.connect()).toBe(true);
    await proxy.inject({ down: { hold: true } });
    expect((await refusal(pool.data.command('GET', ['key']))).code).toBe('ERR_REDIS_DEADLINE');
    await poll(() => !pool.data.ready, { timeoutMs: 2_000 });
    await proxy.heal();
    await poll(() => pool.data.command('PING', []), { timeoutMs: 4_000 });
    await closePools();
    await proxy.stop();
  });
});

describe('a server that dies', () => {
  it('fails calls at once, and is used again soon after its restart', async () => {
    const { pool, data, lines } = await connected();
    const blocked = refusal(
      pool.log.command('XREAD', ['BLOCK', 5_000, 'STREAMS', 'nothing', '$'], { timeoutMs: 6_000 }),
    );
    await server.kill('SIGKILL');
    expect((await blocked).code).toBe('ERR_REDIS_UNAVAILABLE');
    await poll(() => !data.ready);
    const { code, afterMs } = await refusal(data.command('GET', ['key']));
    expect(code).toBe('ERR_REDIS_UNAVAILABLE');
    expect(afterMs).toBeLessThan(20);
    await sleep(3_000);
    expect(pool.health()).toMatchObject({
      status: 'down',
      reason: expect.stringContaining('Nothing listens at 127.0.0.1'),
    });
    expect(pool.health().sinceMs).toBeGreaterThan(2_500);
    await server.restart();
    await poll(() => data.command('PING', []), { timeoutMs: 3_000 });
    expect(data.generation).toBe(2);
    await poll(() => pool.health().status === 'ready', { timeoutMs: 3_000 });
    expect(lines).toEqual([
      expect.stringMatching(/^info redis test: connected to/),
      expect.stringMatching(/^warn redis test: The connection to .* was lost\./),
      expect.stringMatching(/^warn redis test: Nothing listens at/),
      expect.stringMatching(/^info redis test: connected to/),
    ]);
  });

  it('may be absent at first', async () => {
    await server.kill('SIGKILL');
    const { pool } = openPool(settingsOf(server));
    expect(await pool.connect({ timeoutMs: 200 })).toBe(false);
    await server.restart();
    await poll(() => pool.health().status === 'ready', { timeoutMs: 3_000 });
  });
});

describe('a slow server', () => {
  it('is not taken for a hung one by a process that was busy itself', async () => {
    const { data } = await connected();
    const calls = Promise.all([1, 2, 3, 4, 5, 6].map(() => data.command('PING', [])));
    const until = performance.now() + DEADLINE_MS * 2;
    while (performance.now() < until);
    expect(await calls).toHaveLength(6);
    expect(await data.command('PING', [])).toEqual(Buffer.from('PONG'));
  });

  it('is spared after some calls that nearly missed their deadline', async () => {
    const proxy = await startFaultProxy({ target: server.url });
    const { pool, lines } = openPool(settingsOf(proxy));
    expect(await pool.connect()).toBe(true);
    await proxy.inject({ down: { latencyMs: 130 } });
    const codes: string[] = [];
    while (codes.at(-1) !== 'ERR_REDIS_BREAKER_OPEN' && codes.length < 20) {
      codes.push(
        await pool.data.command('PING', []).then(
          () => 'answered',
          ({ code }) => code,
        ),
      );
    }
    expect(codes.length).toBeLessThan(20);
    expect(codes[0]).toBe('answered');
    expect(lines.at(-1)).toContain('answers too slowly or not at all');
    await proxy.heal();
    await poll(() => pool.data.command('PING', []), { timeoutMs: 3_000 });
    await closePools();
    await proxy.stop();
  });
});

describe('a server that cannot serve', () => {
  it('because it is still loading is waited for', async () => {
    const fill = "for i = 1, 3000 do redis.call('SET', 'key:' .. i, string.rep('x', 100)) end";
    const slow = await startRedis({
      config: {
        'key-load-delay': '500',
        'loading-process-events-interval-bytes': '1024',
        rdbcompression: 'no',
      },
    });
    await slow.command('EVAL', fill, '0');
    const { pool } = openPool(settingsOf(slow));
    const restarted = slow.restart({ keepData: true });
    await pool.connect({ timeoutMs: 1 });
    await poll(() => pool.health().reason.includes('still loading its data'), { intervalMs: 5 });
    await restarted;
    await poll(() => pool.health().status === 'ready', { timeoutMs: 3_000 });
    await closePools();
    await slow.stop();
  });

  it('because it became a replica says so, and is asked again over a new connection', async () => {
    const { data } = await connected();
    await server.command('REPLICAOF', '127.0.0.1', '1');
    const { error } = await refusal(data.command('SET', ['key', 'value']));
    expect(error).toMatchObject({ code: 'ERR_REDIS_REPLY', reply: 'READONLY' });
    await sleep(5_000);
    await refusal(data.command('SET', ['key', 'value'], { ignoreBreaker: true }));
    await poll(() => data.generation === 2, { timeoutMs: 2_000 });
    await server.command('REPLICAOF', 'NO', 'ONE');
    await poll(() => data.command('SET', ['key', 'value']), { timeoutMs: 3_000 });
  });
});
