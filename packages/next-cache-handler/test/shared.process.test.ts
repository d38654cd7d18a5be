import { type NextServer, poll, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFixture, revalidate, startFixture, untilHit, visit } from './helpers/fixture.ts';
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

test('a page rendered by one process is a hit on the other, and stays fresh there', async () => {
  await untilHit(a, '/page/shared', 'shared-1');
  expect(await visit(b, '/page/shared')).toEqual({ status: 200, cache: 'HIT', value: 'shared-1' });
  // Without a lifetime of its own, Next would take it for stale after a second.
  await sleep(2_500);
  expect(await visit(b, '/page/shared')).toEqual({ status: 200, cache: 'HIT', value: 'shared-1' });
  expect(source.countOf('shared')).toBe(1);
});

test('a restarted process finds the pages that were cached before', async () => {
  await untilHit(a, '/page/kept', 'kept-1');
  const env = { REDIS_URL: redis.url, SOURCE_URL: source.url };
  const restarted = await startFixture('app-16', env);
  try {
    expect(await visit(restarted, '/page/kept')).toEqual({ status: 200, cache: 'HIT', value: 'kept-1' });
  } finally {
    await restarted.stop();
  }
});

test("'max' serves the old page once more while it is rendered anew", async () => {
  await untilHit(a, '/page/max', 'max-1');
  await untilHit(b, '/page/max', 'max-1');
  source.setValue('max', 'max-2');
  await revalidate(a, 'tag=value:max&profile=max');
  const first = await poll(
    async () => {
      const answer = await visit(b, '/page/max');
      return answer.cache === 'HIT' && answer.value === 'max-1' ? null : answer;
    },
    { what: 'the mark to arrive' },
  );
  expect(first).toEqual({ status: 200, cache: 'STALE', value: 'max-1' });
  await untilHit(b, '/page/max', 'max-2');
  await untilHit(a, '/page/max', 'max-2');
});

test("a 'use cache' value is shared between processes and invalidated across them", async () => {
  const read = async (server: NextServer) => (await server.fetch('/api/data/used')).text();
  expect(await read(a)).toBe('used-1');
  source.setValue('used', 'used-2');
  expect(await read(b)).toBe('used-1');
  expect(source.countOf('used')).toBe(1);
  await revalidate(a, 'tag=value:used');
  await poll(async () => (await read(b)) === 'used-2', { what: 'the new value on the other process' });
  expect(await read(a)).toBe('used-2');
  expect(source.countOf('used')).toBe(2);
});
