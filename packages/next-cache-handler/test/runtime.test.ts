import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { clearProcessSlot } from '@tbi/redis';
import { sleep } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getEngine } from '../src/index.ts';
import { getRuntime } from '../src/runtime.ts';

vi.mock('node:os', async (load) => ({
  ...(await load<typeof import('node:os')>()),
  // As in a container that runs under a number.
  userInfo() {
    throw new Error('no such user');
  },
}));

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

test('a user without a name has a cache', async () => {
  await getRuntime().joining();
  expect(connections).toBeGreaterThan(0);
  expect(getRuntime().redis).not.toBeNull();
});

describe('where the cache cannot be made', () => {
  const lines = () => vi.mocked(console.warn).mock.calls.map(([line]) => String(line));

  beforeEach(() => {
    vi.resetModules();
    vi.spyOn(process, 'getuid').mockImplementation(() => {
      throw new Error('secret');
    });
  });

  test('it is told once, and nothing rejects', async () => {
    const { default: IncrementalHandler } = await import('../src/incremental.ts');
    const { default: useCache } = await import('../src/use-cache.ts');
    for (let i = 0; i < 2; i += 1) {
      expect(await new IncrementalHandler({}).get('f'.repeat(64), { kind: 'FETCH' })).toBeNull();
      await useCache.set('k', Promise.reject(new Error('generation failed')));
      expect(await useCache.get('k', [])).toBeUndefined();
    }
    expect(lines()).toEqual([expect.stringMatching(/Nothing is cached\./)]);
    expect(lines().join()).not.toContain('secret');
  });

  test('an invalidation is told, because other processes do not hear of it', async () => {
    const { default: IncrementalHandler } = await import('../src/incremental.ts');
    const { default: useCache } = await import('../src/use-cache.ts');
    await new IncrementalHandler({}).revalidateTag('a');
    await useCache.updateTags(['b']);
    await useCache.expireTags('c');
    expect(lines().filter((line) => /other processes do not know of it/.test(line))).toHaveLength(3);
  });
});
