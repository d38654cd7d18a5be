import { sharedDatabase, sharedRedis } from '@tbi/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../generated/mysql/client.ts';
import { createTables, openShop, type Shop } from './support/shop.ts';

let shop: Shop;

beforeAll(async () => {
  const url = await sharedDatabase();
  await createTables(url);
  shop = await openShop(url, { redis: await sharedRedis() });
  const { plain } = shop;
  for (const id of [1, 2, 3]) {
    await plain.author.create({
      data: {
        name: `Author ${id}`,
        ...(id > 1 && { bossId: 1 }),
        ...(id === 1 && { profile: { create: { bio: 'x' } } }),
        books: {
          create: [1, 2].map((n) => ({
            isbn: `${id}-${n}`,
            title: `Book ${id}.${n}`,
            genres: { connectOrCreate: { where: { id: n }, create: { name: `Genre ${n}` } } },
            pages: { create: [1, 2].map((number) => ({ number, text: `page ${number}` })) },
          })),
        },
      },
    });
  }
  await plain.everything.createMany({
    data: [
      { id: 1n },
      {
        id: 9_007_199_254_740_993n,
        text: '{"$type":"DateTime","value":"2020-01-01"} “ü” 😀 \u0000',
        whole: -2_147_483_648,
        big: -9_223_372_036_854_775_808n,
        real: 1.5e-300,
        money: new Prisma.Decimal('12345678901234.567891'),
        yes: true,
        moment: new Date('2024-02-29T23:59:59.999Z'),
        bytes: new Uint8Array([0, 1, 127, 128, 255]),
        json: {
          $type: 'DateTime',
          value: '2020-01-01T00:00:00Z',
          nested: [{ $: ['d'] }, null, 1.5, '', { __x: 1 }],
        },
        mood: 'wild',
      },
      { id: 3n, json: Prisma.JsonNull, bytes: new Uint8Array(0), text: '', money: 0, real: 0, yes: false },
      { id: 4n, json: { $type: 'Json', value: '1' } },
      { id: 5n, json: [1, 'two', { $type: 'BigInt', value: '3' }] },
    ],
  });
});
afterAll(() => shop?.close());

type Client = Shop['prisma'];
/** The client without the cache has the same methods; `cache` is never given to it. */
const asClient = (client: Shop['plain']) => client as unknown as Client;

const reads: Record<string, (client: Client) => Promise<unknown>> = {
  'every type': ({ everything }) => everything.findMany({ orderBy: { id: 'asc' } }),
  'every type, one by one': ({ everything }) =>
    everything.findUnique({ where: { id: 9_007_199_254_740_993n } }),
  nothing: ({ everything }) => everything.findUnique({ where: { id: 77n } }),
  'an empty list': ({ everything }) => everything.findMany({ where: { text: 'absent' } }),
  DbNull: ({ everything }) => everything.findMany({ where: { json: { equals: Prisma.DbNull } } }),
  JsonNull: ({ everything }) => everything.findMany({ where: { json: { equals: Prisma.JsonNull } } }),
  AnyNull: ({ everything }) => everything.findMany({ where: { json: { equals: Prisma.AnyNull } } }),
  'relations of every kind': ({ author }) =>
    author.findMany({
      orderBy: { id: 'asc' },
      include: {
        boss: { select: { name: true } },
        staff: { orderBy: { id: 'asc' } },
        profile: true,
        books: {
          orderBy: { id: 'asc' },
          include: { genres: true, pages: { orderBy: { number: 'asc' } }, _count: true },
        },
        _count: { select: { books: { where: { title: { contains: '.1' } } } } },
      },
    }),
  select: ({ book }) =>
    book.findFirst({ orderBy: { id: 'desc' }, select: { title: true, author: { select: { id: true } } } }),
  omit: ({ book }) => book.findFirst({ orderBy: { id: 'asc' }, omit: { title: true } }),
  'a fluent call': ({ book }) => book.findUnique({ where: { id: 1 } }).author(),
  'the same as a selection': ({ book }) => book.findUnique({ where: { id: 1 }, select: { author: true } }),
  'a fluent call to nothing': ({ author }) => author.findUnique({ where: { id: 1 } }).boss(),
  'a fluent call of a fluent call': ({ book }) =>
    book
      .findUnique({ where: { id: 1 } })
      .author()
      .books({ orderBy: { id: 'asc' } }),
  'a compound key': ({ page }) =>
    page.findUniqueOrThrow({ where: { bookId_number: { bookId: 1, number: 2 } } }),
  'a count': ({ book }) => book.count(),
  'a count of columns': ({ everything }) => everything.count({ select: { _all: true, text: true } }),
  'the same count as an aggregate': ({ book }) => book.aggregate({ _count: { _all: true } }),
  aggregates: ({ everything }) =>
    everything.aggregate({
      _sum: { money: true, big: true, whole: true },
      _avg: { real: true, money: true },
      _min: { moment: true, id: true },
      _max: { text: true },
      _count: true,
    }),
  'aggregates of nothing': ({ everything }) =>
    everything.aggregate({ where: { text: 'absent' }, _sum: { money: true }, _max: { moment: true } }),
  groups: ({ everything }) =>
    everything.groupBy({
      by: ['mood', 'yes'],
      _count: true,
      _sum: { money: true },
      orderBy: { mood: 'asc' },
    }),
  distinct: ({ page }) => page.findMany({ distinct: ['number'], orderBy: { number: 'asc' } }),
  'a cursor': ({ book }) =>
    book.findMany({ cursor: { isbn: '1-2' }, skip: 1, take: 2, orderBy: { id: 'asc' } }),
  'a list relation filter': ({ author }) =>
    author.findMany({
      where: { books: { some: { genres: { some: { name: 'Genre 1' } } } } },
      orderBy: { id: 'asc' },
    }),
};

describe('a hit is the same as what the database gives', () => {
  it.each(Object.entries(reads))('%s', async (_name, read) => {
    const expected = await read(asClient(shop.plain));
    const { value: missed, reads: first } = await shop.queryCache.explain(() => read(shop.prisma));
    expect(first.map(({ source }) => source)).toEqual(['database']);
    const { value: hit, reads: second } = await shop.queryCache.explain(() => read(shop.prisma));
    expect(second.map(({ source }) => source)).toEqual([expect.stringMatching(/^l[12]$/)]);
    expect(missed).toStrictEqual(expected);
    expect(hit).toStrictEqual(expected);
    expect(Object.getPrototypeOf(Object(hit))).toBe(Object.getPrototypeOf(Object(expected)));
  });

  it('gives every caller an object of its own, also those who waited for one query', async () => {
    const read = () => shop.prisma.book.findMany({ where: { id: { lt: 3 } }, orderBy: { id: 'asc' } });
    const all = [...(await Promise.all([read(), read(), read()])), await read()];
    const [first, ...others] = all;
    const untouched = structuredClone(first);
    if (first?.[0]) first[0].title = 'changed';
    for (const other of others) expect(other).toEqual(untouched);
  });

  it.each<[string, (client: Client) => Promise<unknown>, (client: Client) => Promise<unknown>]>([
    ['count', ({ page }) => page.count(), ({ page }) => page.count({ select: { _all: true } })],
    [
      'aggregate',
      ({ page }) => page.aggregate({ _count: true }),
      ({ page }) => page.aggregate({ _count: { _all: true } }),
    ],
    [
      'groupBy',
      ({ page }) => page.groupBy({ by: ['number'], orderBy: { number: 'asc' }, _count: true }),
      ({ page }) => page.groupBy({ by: ['number'], orderBy: { number: 'asc' }, _count: { _all: true } }),
    ],
  ])(
    'gives each caller the form that it asked for when the database is asked the same (%s)',
    async (_name, one, another) => {
      for (const read of [one, one, one, another, another, one]) {
        expect(await read(shop.prisma)).toStrictEqual(await read(asClient(shop.plain)));
      }
      expect(await shop.readsOf(() => Promise.all([one(shop.prisma), another(shop.prisma)]))).toBe(0);
    },
  );

  it('gives each its own row when Prisma makes one query of several', async () => {
    const read = () =>
      Promise.all([1, 2, 3, 99].map((id) => shop.prisma.genre.findUnique({ where: { id } })));
    const expected = [{ id: 1, name: 'Genre 1' }, { id: 2, name: 'Genre 2' }, null, null];
    expect(await read()).toEqual(expected);
    expect(await shop.readsOf(async () => expect(await read()).toEqual(expected))).toBe(0);
  });

  it('works with result extensions that are added later, each with what it needs', async () => {
    const shouting = shop.prisma.$extends({
      result: { genre: { loud: { needs: { name: true }, compute: ({ name }) => name.toUpperCase() } } },
    });
    const read = { where: { id: 1 }, select: { id: true } } as const;
    expect(await shop.prisma.genre.findUnique(read)).toEqual({ id: 1 });
    for (let i = 0; i < 2; i += 1) {
      const genre = await shouting.genre.findUnique({ where: { id: 1 }, select: { id: true, loud: true } });
      expect({ ...genre }).toMatchObject({ id: 1, loud: 'GENRE 1' });
      expect(await shop.prisma.genre.findUnique(read)).toEqual({ id: 1 });
    }
  });

  it('knows the query after the extensions that are added later, such as a tenant’s filter', async () => {
    let tenant = 1;
    const ofTenant = shop.prisma.$extends({
      query: { book: { findMany: ({ args, query }) => query({ ...args, where: { authorId: tenant } }) } },
    });
    const titles = async () =>
      (await ofTenant.book.findMany({ orderBy: { id: 'asc' } })).map(({ title }) => title);
    expect(await titles()).toEqual(['Book 1.1', 'Book 1.2']);
    tenant = 2;
    expect(await titles()).toEqual(['Book 2.1', 'Book 2.2']);
    tenant = 1;
    expect(await titles()).toEqual(['Book 1.1', 'Book 1.2']);
  });
});
