import { type NextServer, type RedisServer, sleep } from '@tbi/testing';
import { expect } from 'vitest';
import type { OurSite } from '../oracle/sites.ts';

/** For the environment of a server whose memory is measured. */
export function probeAt(port: number): Readonly<Record<string, string>> {
  const probe = new URL('./memory-probe.mjs', import.meta.url);
  return { NODE_OPTIONS: `--import ${probe.href}`, MEMORY_PROBE_PORT: String(port) };
}

export interface Load {
  /** Where the probe listens. */
  readonly probePort: number;
  readonly requests: number;
  readonly urls: number;
  /** One of so many requests is followed by an invalidation. 0: none. */
  readonly invalidateEvery: number;
}

interface Usage {
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly sockets: number;
  readonly timers: number;
  readonly redisBytes: number;
}

const MIB = 1024 * 1024;
const AT_ONCE = 8;
/** Every kind of entry. */
const KINDS = ['/tagged', '/route', '/unstable', '/used/plain', '/used/streamed', '/pages/never'];
/** Keep-alive connections of this process to the server come and go; requests leave none behind. */
const MAX_MORE_SOCKETS = 2 * AT_ONCE;
const MAX_MORE_TIMERS = 20;

/**
 * Asks a site for all URLs until everything that has a bound has reached it, and then for as long again in several
 * rounds: what grows from the first of these rounds to the last leaks.
 */
export async function expectFlat({ servers, redis }: OurSite, load: Load): Promise<void> {
  const [server] = servers;
  if (server === undefined) throw new Error('a site without a server');
  const rounds = 5;
  const perRound = Math.ceil(load.requests / rounds);
  const usages: Usage[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await ask(server, load, round * perRound, perRound);
    usages.push(await measure(load.probePort, redis));
  }
  // The first two bring code and caches to their size.
  const [, , from] = usages;
  const to = usages.at(-1);
  if (from === undefined || to === undefined) throw new Error('nothing was measured');
  const report = `${JSON.stringify(usages)}`;
  expect(to.heapBytes, report).toBeLessThan(from.heapBytes * 1.1 + 4 * MIB);
  expect(to.externalBytes, report).toBeLessThan(from.externalBytes * 1.1 + 4 * MIB);
  expect(to.redisBytes, report).toBeLessThan(from.redisBytes * 1.1 + 2 * MIB);
  expect(to.sockets, report).toBeLessThanOrEqual(from.sockets + MAX_MORE_SOCKETS);
  expect(to.timers, report).toBeLessThanOrEqual(from.timers + MAX_MORE_TIMERS);
}

async function ask(server: NextServer, { urls, invalidateEvery }: Load, first: number, count: number) {
  let next = first;
  const work = async () => {
    while (next < first + count) {
      const index = next++ % urls;
      const kind = KINDS[index % KINDS.length];
      const response = await server.fetch(`${kind}/load-${index}`);
      await response.arrayBuffer();
      expect(response.status).toBe(200);
      if (invalidateEvery > 0 && next % invalidateEvery === 0) {
        await server.fetch(`/api/revalidate?tag=tag:load-${index}`, { method: 'POST' });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function measure(probePort: number, redis: RedisServer): Promise<Usage> {
  // What was given up on is over by then.
  await sleep(1_000);
  const response = await fetch(`http://127.0.0.1:${probePort}`);
  const usage = (await response.json()) as Omit<Usage, 'redisBytes'>;
  const info = String(await redis.command('INFO', 'memory'));
  return { ...usage, redisBytes: Number(/used_memory:(\d+)/.exec(info)?.[1]) };
}
