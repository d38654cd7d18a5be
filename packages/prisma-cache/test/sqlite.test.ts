import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { createDatabase, type Database } from '@tbi/database';
import { migrate } from '@tbi/database/migrate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

describe('what SQLite has besides', () => {
  beforeEach(async () => {
    const { client } = database;
    await client.region.deleteMany();
    await client.region.createMany({ data: [1, 2].map((id) => ({ id, slug: `r${id}`, sortOrder: id })) });
    await queryCache.invalidate(['Region']);
  });

  const region = (id: number) => async () => (await open().region.findUnique({ where: { id } })) ?? null;
  const slugs = async () =>
    (await open().region.findMany({ orderBy: { id: 'asc' } })).map(({ slug }) => slug);
  const updated = "'2020-01-01'";

  it('an upsert of its own changes what refers to the key', async () => {
    const client = open();
    const category = { id: 1, slug: 'c', icon: 'x', sortOrder: 1 };
    await client.category.create({ data: category });
    await client.$executeRawUnsafe(
      `INSERT INTO Report (id, slug, code, categoryId, status, publishedAt, pages, priceSingleUser, priceMultiUser,
        priceEnterprise, baseYear, forecastYear, marketSizeBaseUsdM, marketSizeForecastUsdM, cagrPercent, keyPlayers,
        updatedAt) VALUES (1, 'r', 'r', 1, 'draft', ${updated}, 1, 1, 1, 1, 1, 1, 1, 1, 1, '[]', ${updated})`,
    );
    const read = () => client.report.findMany({ select: { categoryId: true } });
    expect(await read()).toEqual([{ categoryId: 1 }]);
    const upsert = (update: { id?: number; icon?: string }) =>
      client.category.upsert({ where: { slug: 'c' }, create: category, update });
    await upsert({ icon: 'y' });
    expect(await sourceOf(read)).toEqual(['l1']);
    await upsert({ id: 50 });
    expect(await read()).toEqual([{ categoryId: 50 }]);
  });

  it('an UPDATE OR REPLACE deletes the rows that it conflicts with', async () => {
    const client = open();
    for (const id of [1, 2]) expect(await region(id)()).not.toBeNull();
    await client.$executeRaw`UPDATE OR REPLACE Region SET slug = 'r2' WHERE id = 1`;
    expect(await region(2)()).toBeNull();
    expect(await region(1)()).toMatchObject({ slug: 'r2' });
  });

  it('an INSERT OR FAIL keeps what it inserted before it failed', async () => {
    const client = open();
    expect(await slugs()).toEqual(['r1', 'r2']);
    const insert = client.$executeRawUnsafe(
      `INSERT OR FAIL INTO Region (id, slug, sortOrder, updatedAt) VALUES (3, 'x', 1, ${updated}), (4, 'x', 1, ${updated})`,
    );
    await expect(insert).rejects.toThrow();
    expect(await slugs()).toEqual(['r1', 'r2', 'x']);
  });

  it('an INSERT OR ROLLBACK ends its transaction, and what follows commits by itself', async () => {
    const client = open();
    expect(await slugs()).toEqual(['r1', 'r2']);
    const running = client.$transaction(async (tx) => {
      await tx.region.update({ where: { id: 2 }, data: { slug: 'undone' } });
      const insert = tx.$executeRawUnsafe(
        `INSERT OR ROLLBACK INTO Region (id, slug, sortOrder, updatedAt) VALUES (1, 'x', 1, ${updated})`,
      );
      await expect(insert).rejects.toThrow();
      await tx.region.update({ where: { id: 1 }, data: { slug: 'kept' } });
      throw new Error('too late');
    });
    await expect(running).rejects.toThrow();
    expect(await slugs()).toEqual(['kept', 'r2']);
  });

  it('placeholders with names, beside those without, stand for any argument', async () => {
    const client = open();
    expect(await region(2)()).toMatchObject({ sortOrder: 2 });
    await client.$executeRawUnsafe('UPDATE Region SET sortOrder = $1 WHERE id = ?', 77, 2);
    expect(await region(2)()).toMatchObject({ sortOrder: 77 });
  });
});
