import { afterAll, describe, expect, test } from 'vitest';
import { poll, type RedisServer, startRedis, startRedisCluster, startSentinel } from '../src/index.ts';

const servers: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

async function start(...options: Parameters<typeof startRedis>): Promise<RedisServer> {
  const server = await startRedis(...options);
  servers.push(server);
  return server;
}

describe('data of a restarted server', () => {
  test('is empty by default, also after SIGKILL', async () => {
    const server = await start();
    await server.command('SET', 'key', 'value');
    await server.command('SAVE');
    await server.kill('SIGKILL');
    await server.restart();
    expect(await server.command('GET', 'key')).toBeNull();
  });

  test('is kept with keepData', async () => {
    const server = await start();
    await server.command('SET', 'key', 'value');
    await server.restart({ keepData: true });
    expect(await server.command('GET', 'key')).toBe('value');
  });

  test('is that of a snapshot, however often the server was emptied in between', async () => {
    const server = await start();
    await server.command('SET', 'key', 'old');
    const snapshot = await server.saveSnapshot();
    await server.command('SET', 'key', 'new');
    await server.restart();
    await server.restart({ snapshot });
    expect(await server.command('GET', 'key')).toBe('old');
  });
});

test('a password is required when one is set', async () => {
  const server = await start({ password: 'a "quoted" \\ password' });
  expect(await server.command('PING')).toBe('PONG');
  const withoutPassword = await start({ config: { 'maxmemory-policy': 'volatile-lru' } });
  expect(await withoutPassword.command('CONFIG', 'GET', 'maxmemory-policy')).toEqual([
    'maxmemory-policy',
    'volatile-lru',
  ]);
});

test('a TLS server answers whoever trusts its certificate', async () => {
  const server = await start({ tls: true });
  expect(server.url).toMatch(/^rediss:/);
  expect(await server.command('PING')).toBe('PONG');
});

test('a server that cannot start says why', async () => {
  await expect(startRedis({ config: { nonsense: 'yes' } })).rejects.toThrow(/Bad directive/);
});

test('a cluster serves every slot', async () => {
  const cluster = await startRedisCluster();
  servers.push(cluster);
  const [node] = cluster.nodes;
  expect(String(await node?.command('CLUSTER', 'INFO'))).toContain('cluster_slots_ok:16384');
});

test('a sentinel names the new primary after a failover', async () => {
  const group = await startSentinel({ password: 'secret' });
  servers.push(group);
  expect(await group.findPrimaryPort()).toBe(group.primary.port);
  await group.failover();
  expect(await group.findPrimaryPort()).toBe(group.replica.port);
  await poll(async () => (await group.replica.command('SET', 'key', 'value')) === 'OK');
});
