import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { clearProcessSlot } from '@tbi/redis';
import { sleep } from '@tbi/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { getEngine } from '../src/index.ts';
import { getRuntime } from '../src/runtime.ts';

let server: Server;
let connections = 0;

beforeEach(async () => {
  connections = 0;
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('REDIS_URL', `redis://127.0.0.1:${(server.address() as AddressInfo).port}`);
  clearProcessSlot('cache/runtime');
  vi.spyOn(console, 'warn').mockReturnValue();
});

afterEach(async () => {
  await getRuntime().close();
  clearProcessSlot('cache/runtime');
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await new Promise((resolve) => server.close(resolve));
});

test('importing the handlers opens nothing; using them does', async () => {
  await import('../src/incremental.ts');
  await import('../src/use-cache.ts');
  await sleep(50);
  expect(connections).toBe(0);
  await getRuntime().joining();
  expect(connections).toBeGreaterThan(0);
});

test('nothing is opened during a build, and its pages share a cache in memory', async () => {
  vi.stubEnv('NEXT_PHASE', 'phase-production-build');
  const engine = getEngine();
  await engine.set('page', 'k', Buffer.from('x'), { stamp: engine.stamp() });
  expect((await engine.get('page', 'k')).entry).not.toBeNull();
  await sleep(50);
  expect(connections).toBe(0);
});

test('the app and the handlers have one engine', () => {
  expect(getEngine()).toBe(getRuntime().engine);
  expect(Reflect.get(globalThis, Symbol.for('@tbi/cache/runtime'))).toBe(getRuntime());
});

test('with an environment that cannot be understood nothing is cached', async () => {
  const warn = vi.mocked(console.warn);
  vi.stubEnv('REDIS_URL', 'http://:secret@nowhere');
  const engine = getEngine();
  await engine.set('page', 'k', Buffer.from('x'), { stamp: engine.stamp() });
  expect((await engine.get('page', 'k')).entry).toBeNull();
  expect(warn).toHaveBeenCalledTimes(1);
  expect(String(warn.mock.calls[0]?.[0])).toMatch(/Nothing is cached\.[\s\S]*REDIS_URL/);
  expect(String(warn.mock.calls[0]?.[0])).not.toContain('secret');
});
