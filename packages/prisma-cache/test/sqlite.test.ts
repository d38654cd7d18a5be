import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { createDatabase, type Database } from '@tbi/database';
import { migrate } from '@tbi/database/migrate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prismaCache, type QueryCache } from '../src/index.ts';

let folder: string;
let cache: Cache;
let queryCache: QueryCache;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-query-cache-'));
  const url = `file:${join(folder, 'test.sqlite')}`;
  await migrate(url);
  cache = createCache({ backend: memoryBackend() });
  queryCache = prismaCache({ cache });
  database = createDatabase(url, { wrapAdapter: queryCache.adapter });
});
afterAll(async () => {
  await database?.close();
  await cache?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = () => database.client.$extends(queryCache.extension);
const sourceOf = async (run: () => PromiseLike<unknown>) =>
  (await queryCache.explain(run)).reads.map(({ source }) => source);

it('the embedded SQLite is cached and watched in the same way', async () => {
  const client = open();
  for (const id of [1, 2]) {
    await client.region.create({
      data: { id, slug: `r${id}`, sortOrder: id, translations: { create: { locale: 'en', name: 'Name' } } },
    });
  }
  const list = () => client.region.findMany({ include: { translations: true } });
  const one = (id: number) => () => client.region.findUnique({ where: { id } });
  for (const read of [list, one(1), one(2)]) {
    expect(await sourceOf(read)).toEqual(['database']);
    expect(await sourceOf(read)).toEqual(['l1']);
  }
  expect(await list()).toEqual(await database.client.region.findMany({ include: { translations: true } }));

  await client.region.update({ where: { id: 1 }, data: { sortOrder: 7 } });
  expect(await sourceOf(one(2))).toEqual(['l1']);
  expect(await sourceOf(one(1))).toEqual(['database']);
  expect(await list()).toMatchObject([{ sortOrder: 7 }, {}]);

  await client.$executeRaw`UPDATE RegionTranslation SET name = 'New' WHERE regionId = 2`;
  expect((await list())[1]?.translations).toMatchObject([{ name: 'New' }]);

  expect(await sourceOf(list)).toEqual(['l1']);
  await client.$executeRaw`DELETE FROM Region WHERE id = 2`;
  expect(await client.regionTranslation.findMany()).toHaveLength(1);
  expect(await list()).toHaveLength(1);
});

it('its transactions too, at once and undone', async () => {
  const client = open();
  const read = async () => (await client.region.findUniqueOrThrow({ where: { id: 1 } })).slug;
  await read();
  await client
    .$transaction(async (tx) => {
      await tx.region.update({ where: { id: 1 }, data: { slug: 'undone' } });
      throw new Error('no');
    })
    .catch(() => {});
  expect(await sourceOf(read)).toEqual(['l1']);
  await client.$transaction([client.region.update({ where: { id: 1 }, data: { slug: 'done' } })]);
  expect(await read()).toBe('done');
});
