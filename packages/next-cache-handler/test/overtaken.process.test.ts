import { type NextServer, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, buildFixture, revalidate, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

let source: Source;
let redis: RedisServer;
let a: NextServer;
let b: NextServer;

beforeAll(async () => {
  await buildFixture('app-16');
  [source, redis] = await Promise.all([startSource(), startRedis()]);
  const env = { REDIS_URL: redis.url, SOURCE_URL: source.url };
  a = await startFixture('app-16', env);
  b = await startFixture('app-16', env);
});

afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop(), redis?.stop(), source?.close()]);
});

async function cacheEverywhere(path: string, value: string) {
  await untilHit(a, path, value);
  await untilHit(b, path, value);
}

/** No answer of either process may be a hit on the value, for as long as a late write could take. */
async function neverHit(path: string, value: string, forMs = 1_500) {
  const end = performance.now() + forMs;
  while (performance.now() < end) {
    for (const server of [a, b]) {
      expect(await visit(server, path)).not.toMatchObject({ cache: 'HIT', value });
    }
    await sleep(50);
  }
}

/** Visits until a visit makes the process ask the source, which holds the answer back; resolves to that visit. */
async function visitHeld(
  server: NextServer,
  path: string,
  asked: Promise<void>,
): Promise<{ held: Promise<Answer> }> {
  for (;;) {
    const held = visit(server, path);
    const first = await Promise.race([held.then(() => 'answered'), asked.then(() => 'asked')]);
    if (first === 'asked') return { held };
    await sleep(20);
  }
}

test('a render overtaken by an invalidation from another process is never served as a hit', async () => {
  const path = '/page/overtaken';
  await cacheEverywhere(path, 'overtaken-1');

  const latch = source.hold('overtaken');
  await revalidate(b, 'tag=value:overtaken');
  const { held } = await visitHeld(a, path, latch.asked);
  source.setValue('overtaken', 'overtaken-2');
  await revalidate(b, 'tag=value:overtaken');
  // Next records what a route handler invalidates after its response.
  await sleep(200);
  latch.release();
  // Its own visitor gets what was rendered for it.
  expect(await held).toMatchObject({ status: 200, value: 'overtaken-1' });

  await neverHit(path, 'overtaken-1');
  await cacheEverywhere(path, 'overtaken-2');
});

test('a render that throws does not bring an expired page back', async () => {
  const path = '/page/overtaken';
  await cacheEverywhere(path, 'overtaken-2');

  source.setFailing('overtaken', true);
  await revalidate(b, 'tag=value:overtaken');
  await sleep(200);
  expect(await visit(a, path)).not.toMatchObject({ value: 'overtaken-2' });
  await neverHit(path, 'overtaken-2', 500);

  source.setValue('overtaken', 'overtaken-3');
  source.setFailing('overtaken', false);
  await cacheEverywhere(path, 'overtaken-3');
});

test('a page marked stale whose renders throw is served stale, never as a hit, until one succeeds', async () => {
  const path = '/page/marked';
  await cacheEverywhere(path, 'marked-1');

  source.setFailing('marked', true);
  await revalidate(b, 'tag=value:marked&profile=max');
  await sleep(200);
  // Each failure stores the old page again, which must stay as old as it is.
  for (let i = 0; i < 5; i += 1) {
    for (const server of [a, b]) {
      expect(await visit(server, path)).toEqual({ status: 200, cache: 'STALE', value: 'marked-1' });
    }
    await sleep(100);
  }

  source.setValue('marked', 'marked-2');
  source.setFailing('marked', false);
  await cacheEverywhere(path, 'marked-2');
});

test('a Redis restored from a snapshot that knows nothing of an invalidation brings nothing back', async () => {
  const path = '/page/snapshot';
  await cacheEverywhere(path, 'snapshot-1');
  const snapshot = await redis.saveSnapshot();

  source.setValue('snapshot', 'snapshot-2');
  await revalidate(b, 'tag=value:snapshot');
  await sleep(100);
  await redis.restart({ snapshot });

  for (const server of [a, b])
    await untilHit(server, path, 'snapshot-2', { never: 'snapshot-1', timeoutMs: 15_000 });
  await neverHit(path, 'snapshot-1', 500);
});
