import { poll, sleep } from '@tbi/testing';
import { expect } from 'vitest';
import type { Cache } from '../../src/index.ts';
import { json } from '../contract.ts';

/** A deadline or two, and what a busy machine adds. */
const BOUND_MS = 4_000;

let reads = 0;

export const put = (cache: Cache, key: string, text: string, tags: readonly string[] = []) =>
  cache.set('page', key, Buffer.from(JSON.stringify(text)), {
    stamp: cache.stamp(),
    tags,
    freshForMs: 60_000,
  });

export async function textAt(cache: Cache, key: string): Promise<unknown> {
  const { entry } = await cache.get('page', key);
  return entry === null ? null : json.decode(entry.payload);
}

async function bounded<T>(read: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await read();
  expect(performance.now() - startedMs).toBeLessThan(BOUND_MS);
  return result;
}

/** Reads and computes for a while: none may be rejected or take long. Resolves to what was seen under `key`. */
export async function readFor(durationMs: number, cache: Cache, key: string): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const endMs = performance.now() + durationMs; performance.now() < endMs; ) {
    reads += 1;
    const cold = `cold-${reads}`;
    const [text, , computed] = await Promise.all([
      bounded(() => textAt(cache, key)),
      bounded(() => textAt(cache, cold)),
      bounded(() => cache.getOrSet('page', `${cold}-computed`, async () => 'computed', { codec: json })),
    ]);
    seen.push(text);
    expect(computed.value).toBe('computed');
    await sleep(20);
  }
  return seen;
}

/** Both caches use one Redis again: what one stores the other reads, what one invalidates is gone for the other. */
export async function expectWell(a: Cache, b: Cache, timeoutMs = 15_000): Promise<void> {
  reads += 1;
  const key = `well-${reads}`;
  const shared = async () => {
    await put(a, key, 'v', [key]);
    return a.stats().pendingInvalidations === 0 && (await textAt(b, key)) === 'v';
  };
  await poll(shared, { what: 'values to be shared again', timeoutMs });
  await a.invalidate([key]);
  await poll(async () => (await textAt(b, key)) === null, {
    what: 'invalidations to arrive again',
    timeoutMs,
  });
}
