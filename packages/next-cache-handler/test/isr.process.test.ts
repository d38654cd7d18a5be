import { type NextServer, type RedisServer, sleep, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFixture, revalidate, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

let source: Source;
let redis: RedisServer;
let a: NextServer;
let b: NextServer;

beforeAll(async () => {
  await buildFixture('app-16-isr');
  [source, redis] = await Promise.all([startSource(), startRedis()]);
  const env = { REDIS_URL: redis.url, SOURCE_URL: source.url };
  a = await startFixture('app-16-isr', env);
  b = await startFixture('app-16-isr', env);
});

afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop(), redis?.stop(), source?.close()]);
});

test('a page and the data that it fetched are shared, and end together on both processes', async () => {
  await untilHit(a, '/isr/both', 'both-1');
  expect(await visit(b, '/isr/both')).toEqual({ status: 200, cache: 'HIT', value: 'both-1' });
  source.setValue('both', 'both-2');
  await revalidate(a, 'tag=data:both');
  await untilHit(b, '/isr/both', 'both-2');
  await untilHit(a, '/isr/both', 'both-2');
  expect(source.countOf('both')).toBe(2);
});

test('fetched data marked stale does not go into a page that is rendered afterwards', async () => {
  await untilHit(a, '/isr/stale', 'stale-1');
  source.setValue('stale', 'stale-2');
  await revalidate(b, 'tag=data:stale&profile=max');
  await untilHit(a, '/isr/stale', 'stale-2');
  await untilHit(b, '/isr/stale', 'stale-2');
});

test('revalidatePath reaches the page and its data on the other process', async () => {
  await untilHit(a, '/isr/path', 'path-1');
  await untilHit(b, '/isr/path', 'path-1');
  source.setValue('path', 'path-2');
  await revalidate(a, 'path=/isr/path');
  await untilHit(b, '/isr/path', 'path-2');
});

test('a render overtaken by an invalidation is not stored, nor the data that it fetched', async () => {
  const latch = source.hold('race');
  const held = visit(a, '/isr/race');
  await latch.asked;
  source.setValue('race', 'race-2');
  await revalidate(b, 'tag=data:race');
  await sleep(200);
  latch.release();
  expect(await held).toMatchObject({ status: 200, value: 'race-1' });
  for (const server of [a, b]) await untilHit(server, '/isr/race', 'race-2', { never: 'race-1' });
});

test('a cached response of bytes is the same on the other process', async () => {
  const read = async (server: NextServer) => {
    const response = await server.fetch('/route/bytes');
    const { headers, status } = response;
    const bytes = Buffer.from(await response.arrayBuffer()).toString('hex');
    return { status, bytes, type: headers.get('content-type'), own: headers.get('x-fixture') };
  };
  const first = await read(a);
  expect(first).toMatchObject({ status: 200, bytes: `00ff80${Buffer.from('bytes-1').toString('hex')}` });
  expect(first).toMatchObject({ type: 'application/octet-stream', own: 'kept' });
  expect(await read(b)).toEqual(first);
  expect(source.countOf('bytes')).toBe(1);
});

test('unstable_cache is shared and invalidated', async () => {
  const read = async (server: NextServer) => (await server.fetch('/unstable/kept')).json();
  expect(await read(a)).toEqual({ text: 'kept-1' });
  source.setValue('kept', 'kept-2');
  expect(await read(b)).toEqual({ text: 'kept-1' });
  await revalidate(b, 'tag=data:kept');
  await sleep(200);
  expect(await read(a)).toEqual({ text: 'kept-2' });
});
