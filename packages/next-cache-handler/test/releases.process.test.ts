import { type NextServer, type RedisServer, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { invalidateEverywhere } from './helpers/canary.ts';
import { buildFixture, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

/** Two releases of one site on one Redis, the older one on Next 15.5, as in a deploy that replaces processes one by one. */
let source: Source;
let redis: RedisServer;
let older: NextServer;
let newer: NextServer;

const start = (fixture: string) =>
  startFixture(fixture, { REDIS_URL: redis.url, SOURCE_URL: source.url, REDIS_KEY_PREFIX: 'site:' });

beforeAll(async () => {
  await buildFixture('app-15');
  await buildFixture('app-16-isr');
  [source, redis] = await Promise.all([startSource(), startRedis()]);
  older = await start('app-15');
});

afterAll(async () => {
  await Promise.all([older?.stop(), newer?.stop(), redis?.stop(), source?.close()]);
});

const invalidate = (query: string, through: NextServer) =>
  invalidateEverywhere(source, query, { through, servers: [older, newer] });

/** Before the newer release has started: what the older one has changed since both were built. */
test('a page of the build is not used by a new release once it was invalidated', async () => {
  expect(await visit(older, '/built/seed')).toEqual({ status: 200, cache: 'STALE', value: 'built-seed' });
  await untilHit(older, '/built/seed', 'seed-1', { never: 'built-seed' });
  source.setValue('seed', 'seed-2');
  await invalidateEverywhere(source, 'tag=data:seed', { through: older, servers: [older] });
  newer = await start('app-16-isr');
  expect(await visit(newer, '/built/seed')).toMatchObject({ status: 200, value: 'seed-2' });
});

test('a page of the build that nobody invalidated is there at the first request of either release', async () => {
  for (const server of [older, newer]) {
    expect(await visit(server, '/built/kept')).toEqual({ status: 200, cache: 'STALE', value: 'built-kept' });
    await untilHit(server, '/built/kept', 'kept-1', { never: 'built-kept' });
  }
});

test('neither release reads a page of the other; the data they share', async () => {
  await untilHit(older, '/isr/apart', 'apart-1');
  expect(await visit(newer, '/isr/apart')).toEqual({ status: 200, cache: 'MISS', value: 'apart-1' });
  await untilHit(older, '/isr/apart', 'apart-1');
  expect(source.countOf('apart')).toBe(1);
});

test('each release hears what the other invalidates', async () => {
  for (const [through, name] of [
    [older, 'heard'],
    [newer, 'told'],
  ] as const) {
    for (const server of [older, newer]) await untilHit(server, `/isr/${name}`, `${name}-1`);
    source.setValue(name, 'new');
    await invalidate(`tag=data:${name}`, through);
    for (const server of [older, newer]) {
      expect(await visit(server, `/isr/${name}`)).toMatchObject({ value: 'new' });
    }
  }
});

test("what the newer release marks stale with 'max' is served once more by both, and rendered anew", async () => {
  for (const server of [older, newer]) await untilHit(server, '/isr/max', 'max-1');
  source.setValue('max', 'new');
  await invalidate('tag=data:max&profile=max', newer);
  for (const server of [older, newer]) {
    expect(await visit(server, '/isr/max')).toEqual({ status: 200, cache: 'STALE', value: 'max-1' });
    await untilHit(server, '/isr/max', 'new');
  }
});
