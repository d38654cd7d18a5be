import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NextServer, startRedis } from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildFixture, fixtureDir, startFixture, untilHit, visit } from './helpers/fixture.ts';
import { type Source, startSource } from './helpers/source.ts';

type Env = Readonly<Record<string, string>>;
const buildFile = join(fixtureDir('app-16'), '.next', 'tbi-build.json');

let source: Source;
const ending: (() => Promise<void>)[] = [];

beforeAll(() => buildFixture('app-16'));
beforeEach(async () => {
  source = await startSource();
});
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
  await rm(buildFile, { force: true });
  await source.close();
});
afterAll(() => rm(buildFile, { force: true }));

async function start(env: Env = {}): Promise<NextServer> {
  const redis = await startRedis();
  const server = await startFixture('app-16', { REDIS_URL: redis.url, SOURCE_URL: source.url, ...env });
  ending.push(redis.stop, server.stop);
  return server;
}

/** As the build of a site that knows its data leaves it. `afterMs`: how long after now it began, by its own clock. */
async function writeBuildFile(fingerprint: string, afterMs = 0) {
  const now = Date.now();
  const content = { fingerprint, beganAtMs: now + afterMs, builtAtMs: now };
  await writeFile(buildFile, JSON.stringify(content));
}

test('a prerendered page of the same data is a hit at its first request when the log is older than the build', async () => {
  // Younger than the log by more than any two clocks differ.
  await writeBuildFile('same', 3_600_000);
  const server = await start({ FIXTURE_FINGERPRINT: 'same' });
  expect(await visit(server, '/page/seed')).toEqual({ status: 200, cache: 'HIT', value: 'built-seed' });
  expect(source.countOf('seed')).toBe(0);
});

test('a prerendered page is served stale once when the log is younger than the build', async () => {
  await writeBuildFile('same');
  const server = await start({ FIXTURE_FINGERPRINT: 'same' });
  expect(await visit(server, '/page/seed')).toEqual({ status: 200, cache: 'STALE', value: 'built-seed' });
  await untilHit(server, '/page/seed', 'seed-1', { never: 'built-seed' });
});

test('a build that read other data seeds nothing', async () => {
  await writeBuildFile('then', 3_600_000);
  const server = await start({ FIXTURE_FINGERPRINT: 'now' });
  expect(await visit(server, '/page/seed')).toMatchObject({ status: 200, value: 'seed-1' });
});

test('an app that knows nothing of its data has its prerendered pages served stale once', async () => {
  const server = await start();
  expect(await visit(server, '/page/seed')).toEqual({ status: 200, cache: 'STALE', value: 'built-seed' });
  await untilHit(server, '/page/seed', 'seed-1', { never: 'built-seed' });
});
