import {
  locateSlot,
  poll,
  type RedisServer,
  sleep,
  startRedis,
  startRedisCluster,
  startSentinel,
} from '@tbi/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { RedisSettings } from '../src/index.ts';
import { closePools, hang, openPool, refusal, settingsOf } from './pools.ts';

afterEach(closePools);

const codeOf = (error: unknown) => (error instanceof Object && 'code' in error ? String(error.code) : '');
const idOf = async (node: RedisServer) => String(await node.command('CLUSTER', 'MYID'));

describe('TLS', () => {
  it('connects to a server whose authority is trusted, and to no other', async () => {
    const server = await startRedis({ tls: true, password: 'p', unhardened: 'certificate' });
    const settings = settingsOf(server, { password: 'p' });
    const trusting = openPool({ ...settings, tls: server.tlsCa === undefined ? {} : { ca: server.tlsCa } });
    expect(await trusting.pool.connect()).toBe(true);
    expect(await trusting.pool.data.command('PING', [])).toEqual(Buffer.from('PONG'));

    const distrusting = openPool({ ...settings, tls: {} });
    await distrusting.pool.connect({ timeoutMs: 300 });
    expect(distrusting.pool.health().reason).toMatch(/is not trusted: set REDIS_TLS_CA/);

    const plain = openPool(settings);
    await plain.pool.connect({ timeoutMs: 300 });
    expect(plain.pool.health().reason).toContain('if it speaks TLS only, use rediss://.');
    await closePools();
    await server.stop();
  });

  it('is told apart from a server that does not speak it', async () => {
    const server = await startRedis({ unhardened: 'certificate' });
    const { pool } = openPool({ ...settingsOf(server), tls: {} });
    await pool.connect({ timeoutMs: 1_500 });
    expect(pool.health().reason).toContain('if it speaks no TLS, use redis://, not rediss://.');
    await closePools();
    await server.stop();
  });
});

describe('a database of a number', () => {
  it('is the one that is used', async () => {
    const server = await startRedis();
    const { pool } = openPool({ ...settingsOf(server), db: 3 } as RedisSettings);
    expect(await pool.connect()).toBe(true);
    await pool.data.command('SET', ['key', 'x']);
    expect(String(await server.command('INFO', 'keyspace'))).toMatch(/db3:keys=1/);
    await closePools();
    await server.stop();
  });

  it('that is not there is no reason to go on in another one', async () => {
    const server = await startRedis();
    const { pool } = openPool({ ...settingsOf(server), db: 99 } as RedisSettings);
    await pool.connect({ timeoutMs: 300 });
    expect(pool.health().reason).toContain('has no database of the number in the URL');
    expect((await refusal(pool.data.command('SET', ['key', 'x']))).code).toBe('ERR_REDIS_UNAVAILABLE');
    expect(await server.command('DBSIZE')).toBe(0);
    await closePools();
    await server.stop();
  });
});

describe('Sentinel', () => {
  it('leads to the primary, and to the next one after a failover', async () => {
    const group = await startSentinel({ password: 'p' });
    const { pool } = openPool(group.settings);
    expect(await pool.connect()).toBe(true);
    await pool.data.command('SET', ['key', 'before']);
    await group.failover();
    // The old primary may take writes until it is told; what counts is that they end up at the new one.
    const arrived = async () => {
      await pool.data.command('SET', ['key', 'after']);
      return (await group.replica.command('GET', 'key')) === 'after';
    };
    await poll(arrived, { timeoutMs: 10_000, what: 'a write to arrive at the new primary' });
    await closePools();
    await group.stop();
  }, 60_000);

  it('says when no sentinel knows the name', async () => {
    const group = await startSentinel();
    const { pool } = openPool({ ...group.settings, name: 'unknown' });
    await pool.connect({ timeoutMs: 500 });
    expect(pool.health().reason).toBe(
      'No sentinel names the primary "unknown": check REDIS_SENTINELS and REDIS_SENTINEL_NAME.',
    );
    await closePools();
    await group.stop();
  }, 60_000);
});

describe('Cluster', () => {
  it('routes commands and scripts to the node of their key, and survives the loss of a node', async () => {
    const cluster = await startRedisCluster({ password: 'p' });
    const { pool } = openPool(cluster.settings);
    expect(await pool.connect({ timeoutMs: 5_000 })).toBe(true);
    const { data } = pool;
    expect(data.cluster).toBe(true);

    const script = { name: 'get', lua: "return redis.call('GET', KEYS[1])" };
    const keys = Array.from({ length: 30 }, (_, i) => `key-${i}`);
    for (const key of keys) {
      await data.command('SET', [key, key]);
      expect(await data.command('GET', [key])).toEqual(Buffer.from(key));
      expect(await data.script(script, [key], [])).toEqual(Buffer.from(key));
    }
    const sizes = await Promise.all(cluster.nodes.map((node) => node.command('DBSIZE')));
    expect(sizes.map(Number).every((size) => size > 0)).toBe(true);

    const [lost] = cluster.nodes;
    if (lost === undefined) throw new Error('The Cluster has no nodes.');
    await hang(lost);
    const outcomes = await Promise.all(keys.map((key) => data.command('GET', [key]).catch(() => null)));
    expect(outcomes.some((value) => value !== null)).toBe(true);
    expect(outcomes.some((value) => value === null)).toBe(true);
    await lost.kill('SIGCONT');
    for (const key of keys) await poll(() => data.command('GET', [key]), { timeoutMs: 5_000 });
    await closePools();
    await cluster.stop();
  }, 60_000);

  it('goes on with the other nodes for as long as one hangs, and takes that one back', async () => {
    const cluster = await startRedisCluster();
    const { pool } = openPool(cluster.settings);
    expect(await pool.connect({ timeoutMs: 5_000 })).toBe(true);
    const [hung] = cluster.nodes;
    if (hung === undefined) throw new Error('The Cluster has no nodes.');
    const keys = Array.from({ length: 30 }, (_, i) => `key-${i}`);
    const homes = await Promise.all(
      keys.map(async (key) => ({ key, lost: (await locateSlot(cluster.nodes, key)).from === hung })),
    );
    const ask = (lost: boolean, { data } = pool) =>
      Promise.all(
        homes
          .filter((home) => home.lost === lost)
          .map(({ key }) => data.command('SET', [key, 'x']).then(() => 'ok', codeOf)),
      );

    await hang(hung);
    expect(new Set(await ask(true))).toEqual(new Set(['ERR_REDIS_DEADLINE']));
    // Longer than it takes to notice that answers are overdue, and to look who is silent.
    await sleep(2_000);
    await poll(async () => (await ask(false)).every((outcome) => outcome === 'ok'));
    expect(pool.data.generation).toBe(1);
    const another = openPool(cluster.settings).pool;
    expect(await another.connect({ timeoutMs: 15_000 })).toBe(true);
    expect(await ask(false, another)).toEqual(await ask(false));
    await hung.kill('SIGCONT');
    await poll(async () => (await ask(true)).every((outcome) => outcome === 'ok'), { timeoutMs: 10_000 });
    await closePools();
    await cluster.stop();
  }, 60_000);

  it('takes the first commands for every node, all at once', async () => {
    const cluster = await startRedisCluster();
    const { pool } = openPool({ ...cluster.settings, commandTimeoutMs: 5_000 });
    expect(await pool.connect({ timeoutMs: 5_000 })).toBe(true);
    const keys = Array.from({ length: 60 }, (_, i) => `key-${i}`);
    const outcomes = await Promise.allSettled(keys.map((key) => pool.data.command('GET', [key])));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    await closePools();
    await cluster.stop();
  }, 60_000);

  it('outlives a node that refuses to take what is on its way to it', async () => {
    const cluster = await startRedisCluster();
    const { pool } = openPool({ ...cluster.settings, commandTimeoutMs: 2_000 });
    expect(await pool.connect({ timeoutMs: 5_000 })).toBe(true);
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { number, from, to } = await locateSlot(cluster.nodes, 'moving');
    await to.command('ACL', 'SETUSER', to.username ?? 'default', '-asking');
    await to.command('CLUSTER', 'SETSLOT', number, 'IMPORTING', await idOf(from));
    await from.command('CLUSTER', 'SETSLOT', number, 'MIGRATING', await idOf(to));

    const { code } = await refusal(pool.data.command('GET', ['moving']));
    expect(code).toMatch(/^ERR_REDIS_/);
    await to.command('ACL', 'SETUSER', to.username ?? 'default', '+asking');
    expect(await pool.data.command('GET', ['moving'])).toBeNull();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
    await closePools();
    await cluster.stop();
  }, 60_000);

  it('refuses a wrong password in plain words', async () => {
    const cluster = await startRedisCluster({ password: 'p', unhardened: 'password' });
    const { nodes } = cluster.settings;
    for (const [password, reason] of [
      ['wrong', /refuses the password/],
      [undefined, /wants a password and none is set/],
    ] as const) {
      const { pool } = openPool({ mode: 'cluster', nodes, ...(password === undefined ? {} : { password }) });
      await pool.connect({ timeoutMs: 1_000 });
      expect(pool.health().reason).toMatch(reason);
      expect((await refusal(pool.data.command('GET', ['key']))).code).toBe('ERR_REDIS_UNAVAILABLE');
    }
    await closePools();
    await cluster.stop();
  }, 60_000);
});
