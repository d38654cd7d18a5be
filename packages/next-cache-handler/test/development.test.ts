import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { poll, sleep } from '@tbi/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDevelopment, type Development } from '../src/development.ts';

let folder: string;
let production: Cache;
let development: Development;
let lines: string[];

const start = () =>
  createDevelopment(production, { info: (line) => lines.push(line), warn: (line) => lines.push(line) });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-development-'));
  await mkdir(join(folder, 'app'));
  lines = [];
  production = createCache({ backend: memoryBackend() });
  development = start();
  development.watch(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const compile = (file: string) => writeFile(join(folder, 'app', file), 'code');
const read = async () => (await development.engine.get('fetch', 'k')).entry?.payload.toString() ?? null;
const store = (text: string, stamp = development.engine.stamp()) =>
  development.engine.set('fetch', 'k', Buffer.from(text), { stamp, freshForMs: 60_000 });

test('data last until code is compiled, in whatever folder', async () => {
  await store('a');
  expect(await read()).toBe('a');
  await compile('page.js');
  await poll(async () => (await read()) === null, { what: 'the data of older code to end' });
  await sleep(3_100);
  await store('b');
  expect(await read()).toBe('b');
});

test('what older code was computing while code was compiled is not served', async () => {
  const before = development.engine.stamp();
  await store('other');
  await compile('page.js');
  await poll(async () => (await read()) === null);
  await store('old', before);
  expect(await read()).toBeNull();
});

test('nor what older code computes before the new code is in its place', async () => {
  await compile('page.js');
  await poll(async () => {
    await store('old');
    return (await read()) === null;
  });
  for (const waitMs of [1_000, 1_500]) {
    await sleep(waitMs);
    await store('old');
    expect(await read()).toBeNull();
  }
  await store('old');
  await sleep(600);
  expect(await read()).toBeNull();
});

test('computations that are shared end with the code too', async () => {
  const codec = { encode: (text: string) => Buffer.from(text), decode: (bytes: Buffer) => bytes.toString() };
  const compute = async (text: string) =>
    (await development.engine.getOrSet('api', 'k', async () => text, { codec })).value;
  expect(await compute('old')).toBe('old');
  expect(await compute('new')).toBe('old');
  await compile('route.js');
  await poll(async () => (await compute('new')) === 'new', { what: 'the new code’s own result' });
});

test('a manifest is no code', async () => {
  await store('a');
  await compile('page_client-reference-manifest.js');
  await compile('build-manifest.json');
  await compile('page.js.map');
  await sleep(100);
  expect(await read()).toBe('a');
});

test('where code cannot be watched, nothing stays cached, and the log says so', async () => {
  development.watch(join(folder, 'missing'));
  await store('a');
  expect(await read()).toBeNull();
  expect(lines).toContainEqual(expect.stringContaining('cannot be watched'));
});

test('a start ends the data of before and says how to end them later', async () => {
  await store('a');
  lines = [];
  development = start();
  expect(await read()).toBeNull();
  expect(lines).toEqual([expect.stringContaining('To end them now, restart')]);
});

test('production on the same Redis has data of its own', async () => {
  await store('a');
  expect((await production.get('fetch', 'k')).entry).toBeNull();
});
