import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type RedisServer, startRedis } from '@tbi/testing';
import { findProgram, REDIS } from '@tbi/testing/servers';
import { afterEach, expect, test } from 'vitest';
import { root } from '../lib/root.mjs';
import { startRedisService } from '../services/native.ts';
import { findRunning, stopRunning } from '../services/running.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startWith(configFile: string): Promise<RedisServer> {
  const server = await startRedis({ include: [join(root, 'services', configFile)] });
  cleanUps.push(server.stop);
  return server;
}

async function readConfig(server: RedisServer, ...names: string[]) {
  const reply = await server.command('CONFIG', 'GET', ...names);
  const flat = Array.isArray(reply) ? reply.map(String) : [];
  return Object.fromEntries(
    flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]]] : [])),
  );
}

test("the cache's Redis evicts entries with a lifetime and keeps nothing on disk", async () => {
  const server = await startWith('redis-cache.conf');
  expect(await readConfig(server, 'maxmemory', 'maxmemory-policy', 'appendonly', 'save')).toEqual({
    maxmemory: String(256 * 1024 * 1024),
    'maxmemory-policy': 'volatile-lru',
    appendonly: 'no',
    save: '',
  });
});

test("the sessions' Redis evicts nothing and writes everything down", async () => {
  const server = await startWith('redis-sessions.conf');
  expect(await readConfig(server, 'maxmemory-policy', 'appendonly', 'appendfsync')).toEqual({
    'maxmemory-policy': 'noeviction',
    appendonly: 'yes',
    appendfsync: 'everysec',
  });
});

test('a service runs on after it was started, is found again, and is ended by its folder alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tbi-service-'));
  cleanUps.push(
    () => rm(folder, { recursive: true }),
    () => stopRunning(folder),
  );
  const options = {
    program: (await findProgram(REDIS.programs)) ?? 'redis-server',
    folder,
    configFile: join(root, 'services', 'redis-cache.conf'),
    preferredPort: await findFreePort(),
    password: 'a b"c',
  };
  const first = await startRedisService(options);
  const second = await startRedisService(options);
  expect(first.started).toBe(true);
  expect(second).toEqual({ port: first.port, started: false });
  expect(await stopRunning(folder)).toBe(true);
  expect(await stopRunning(folder)).toBe(false);
});

test('a taken port is left to whoever has it', async () => {
  const other = await startRedis();
  cleanUps.push(other.stop);
  const folder = await mkdtemp(join(tmpdir(), 'tbi-service-'));
  cleanUps.push(
    () => rm(folder, { recursive: true }),
    () => stopRunning(folder),
  );
  const { port } = await startRedisService({
    program: (await findProgram(REDIS.programs)) ?? 'redis-server',
    folder,
    configFile: join(root, 'services', 'redis-cache.conf'),
    preferredPort: other.port,
    password: 'secret',
  });
  expect(port).toBeGreaterThan(other.port);
});

test('a process that got the number of a dead server is not touched', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tbi-service-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: process.pid, port: 1 }));
  expect(await findRunning(folder)).toBeNull();
  expect(await stopRunning(folder)).toBe(false);
});
