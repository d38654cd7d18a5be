import { sharedDatabase, sharedRedis, sleep } from '@tbi/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReadOptions } from '../src/index.ts';
import { createTables, isMariadb, openShop, type Shop, type ShopOptions } from './support/shop.ts';

let url: string;
let shop: Shop;
const opened: Shop[] = [];

beforeAll(async () => {
  url = await sharedDatabase();
  await createTables(url);
  shop = await openShop(url, { redis: await sharedRedis() });
  await shop.plain.author.create({
    data: { id: 1, name: 'A', books: { create: { id: 1, isbn: '1', title: 'B' } } },
  });
});
beforeEach(async () => {
  await shop.queryCache.invalidate(['Book', 'Author', 'Genre']);
});
afterAll(async () => {
  await Promise.all([shop, ...opened].map((one) => one?.close()));
});

async function open(options: ShopOptions['queryCache'], redis?: ShopOptions['redis']) {
  const another = await openShop(url, { queryCache: options ?? {}, ...(redis && { redis }) });
  opened.push(another);
  return another;
}

/** From memory, or from Redis where the machine is too busy for this process to vouch for its memory. */
const HIT = expect.stringMatching(/^l[12] fresh$/);

const report = async (one: Shop, run: () => PromiseLike<unknown>) => {
  const { reads } = await one.queryCache.explain(run);
  return reads.map(({ source, reason }) => `${source} ${reason}`);
};

describe('a read', () => {
  it('says what it was, where its result came from and why', async () => {
    const read = () => shop.prisma.book.findMany({ where: { id: 1 } });
    const { reads } = await shop.queryCache.explain(read);
    expect(reads).toEqual([
      {
        model: 'Book',
        operation: 'book.findMany',
        source: 'database',
        reason: expect.stringMatching(/absent|expired-tag/),
      },
    ]);
    expect(await report(shop, read)).toEqual([HIT]);
    expect(await report(shop, () => shop.prisma.book.findMany({ where: { id: 1 }, cache: false }))).toEqual([
      'database bypass',
    ]);
  });

  it('comes from Redis when another process has made it', async () => {
    const redis = await sharedRedis();
    const [a, b] = [await open({}, redis), await open({}, redis)];
    await a.prisma.book.count();
    expect(await report(b, () => b.prisma.book.count())).toEqual(['l2 fresh']);
    expect(await report(b, () => b.prisma.book.count())).toEqual([HIT]);
  });

  it('is made once for all who ask meanwhile', async () => {
    const { prisma } = shop;
    const all = () =>
      Promise.all(Array.from({ length: 40 }, () => prisma.author.findMany({ include: { books: true } })));
    expect(await shop.readsOf(all)).toBe(2);
  });

  it('is fresh for its own time, then for that of its model, then for the default', async () => {
    const { prisma, cache } = await open({ ttl: 100, models: { Genre: { ttl: 200 } } });
    const keys: string[] = [];
    cache.events.subscribe((event) => event.type === 'store' && keys.push(event.key));
    await prisma.book.findMany();
    await prisma.genre.findMany();
    await prisma.genre.findMany({ take: 1, cache: { ttl: 300 } });
    expect(keys).toHaveLength(3);
    for (const [index, seconds] of [100, 200, 300].entries()) {
      const { entry } = await cache.get('prisma', keys[index] ?? '');
      // Shortened by up to a tenth, so that results do not expire together.
      expect(entry?.freshForMs).toBeLessThanOrEqual(seconds * 1000);
      expect(entry?.freshForMs).toBeGreaterThanOrEqual(seconds * 900);
    }
  });

  it('may be served stale while a new one is made, and expires by tags of its own', async () => {
    const { prisma, cache } = shop;
    const read = () =>
      prisma.genre.findMany({ cache: { ttl: 0.5, staleWhileRevalidate: 60, tags: ['home'] } });
    await read();
    await sleep(600);
    expect(await report(shop, read)).toEqual([expect.stringMatching(/stale-ttl/)]);
    await expect.poll(() => report(shop, read)).toEqual([HIT]);
    await cache.invalidate(['home']);
    expect(await report(shop, read)).toEqual(['database expired-tag']);
  });

  it('that fails is never stored, and fails for everybody who waited', async () => {
    const { prisma } = shop;
    const read = () => prisma.book.findUniqueOrThrow({ where: { id: 404 } });
    const failed = await Promise.allSettled([read(), read()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(read()).rejects.toMatchObject({ code: 'P2025' });
    await prisma.book.create({ data: { id: 404, isbn: '404', title: 'found', authorId: 1 } });
    expect((await read()).title).toBe('found');
    await prisma.book.delete({ where: { id: 404 } });
  });

  it('of raw SQL is cached where its tables are declared, and never if it writes', async () => {
    const { prisma, queryCache } = shop;
    const count = () =>
      prisma.$queryRaw`SELECT COUNT(*) AS n, CAST(1.50 AS DECIMAL(5,2)) AS d, NOW(3) > ${new Date(0)} AS t FROM Book`;
    const declared = () => queryCache.raw({ tables: ['Book'], ttl: 60 }, count);
    expect(await report(shop, count)).toEqual(['database bypass']);
    const first = await declared();
    expect(await report(shop, declared)).toEqual([HIT]);
    expect(await declared()).toStrictEqual(first);
    expect(first).toStrictEqual(
      await shop.plain.$queryRaw`SELECT COUNT(*) AS n, CAST(1.50 AS DECIMAL(5,2)) AS d, 1 AS t FROM Book`,
    );
    const returning = (await isMariadb(shop)) ? ' RETURNING name' : '';
    const insert = () =>
      queryCache.raw({ tables: ['Genre'] }, () =>
        prisma.$queryRawUnsafe(`INSERT INTO Genre (name) VALUES ('x')${returning}`),
      );
    await insert();
    await insert();
    expect(await shop.plain.genre.count()).toBe(2);
    await prisma.genre.deleteMany();
  });

  it('does not share its result with reads of other tags or lifetimes', async () => {
    const { prisma, cache } = await open({}, await sharedRedis());
    const read = (options?: ReadOptions) => () =>
      prisma.genre.findMany({ take: 7, ...(options && { cache: options }) });
    const home = { tags: ['home', 'list'] };
    const one = opened.at(-1) as Shop;
    for (const options of [
      undefined,
      home,
      { tags: ['home'] },
      { ttl: 50 },
      { staleWhileRevalidate: 50 },
      { staleIfError: 50 },
    ]) {
      expect(await report(one, read(options))).toEqual(['database absent']);
      expect(await report(one, read(options))).toEqual([HIT]);
    }
    for (const same of [{}, { tags: [] }, { tags: ['list', 'home', 'list'] }]) {
      expect(await report(one, read(same))).toEqual([HIT]);
    }
    await cache.invalidate(['list']);
    expect(await report(one, read(home))).toEqual(['database expired-tag']);
    expect(await report(one, read())).toEqual([HIT]);
  });

  it('of raw SQL does not share its result where other tables are declared', async () => {
    const { prisma, queryCache } = shop;
    const declared =
      (...tables: string[]) =>
      () =>
        queryCache.raw({ tables }, () => prisma.$queryRaw`SELECT 7 AS seven`);
    for (const read of [declared('Book'), declared('Genre', 'Book')]) {
      expect(await report(shop, read)).toEqual(['database absent']);
    }
    expect(await report(shop, declared('Book', 'Genre'))).toEqual([HIT]);
    await queryCache.invalidate(['Genre']);
    expect(await report(shop, declared('Book'))).toEqual([HIT]);
    expect(await report(shop, declared('Genre', 'Book'))).toEqual(['database expired-tag']);
  });

  it.each([0, -1, Number.NaN])('for %s seconds is refused, with what to do instead', async (ttl) => {
    const { prisma, queryCache } = shop;
    const refused = /ttl must be a number of seconds above 0.*cache: false/;
    await expect(prisma.genre.findMany({ cache: { ttl } })).rejects.toThrow(refused);
    const count = () => prisma.$queryRaw`SELECT COUNT(*) FROM Genre`;
    await expect(queryCache.raw({ tables: [], ttl }, count)).rejects.toThrow(refused);
  });

  it('that is stale for less than no time is refused', async () => {
    const cache = { staleWhileRevalidate: -1, staleIfError: Number.NaN };
    await expect(shop.prisma.genre.findMany({ cache })).rejects.toThrow(
      /staleWhileRevalidate must.*staleIfError must/,
    );
  });

  it('does not share its result with another scope', async () => {
    const redis = await sharedRedis();
    let tenant = 'one';
    const { prisma } = await open({ scope: () => tenant }, redis);
    await prisma.book.findMany();
    tenant = 'two';
    expect(await report(opened.at(-1) as Shop, () => prisma.book.findMany())).toEqual(['database absent']);
  });

  it('that touches a model which is not to be cached is cached where the query asks for it', async () => {
    const one = await open({ models: { Author: { cache: false } } });
    const { book } = one.prisma;
    const withAuthor = { include: { author: true } } as const;
    for (let i = 0; i < 2; i += 1)
      expect(await report(one, () => book.findMany(withAuthor))).toEqual(['database bypass']);
    await book.findMany({ ...withAuthor, cache: { ttl: 5 } });
    expect(await report(one, () => book.findMany({ ...withAuthor, cache: { ttl: 5 } }))).toEqual([
      'l1 fresh',
    ]);
  });
});

describe('what depends on a read', () => {
  it('is told on hits and misses alike, with rows where they are certain', async () => {
    const told: string[][] = [];
    const one = await open({ onDependencies: (tags) => told.push([...tags].sort()) });
    const { prisma } = one;
    await prisma.genre.count({ cache: false });
    told.length = 0;
    for (let i = 0; i < 2; i += 1) {
      await prisma.book.findUnique({ where: { id: 1 }, include: { author: { include: { profile: true } } } });
      await prisma.book.findMany({ where: { genres: { some: { name: 'x' } } } });
      await prisma.book.findUnique({ where: { isbn: '1' }, cache: false });
    }
    const row = ['db:Book#1', 'db:Book:rows'];
    expect(told.slice(0, 3)).toEqual([
      ['db:*', 'db:Author', ...row, 'db:Profile'],
      ['db:*', 'db:Book', 'db:Genre', 'db:_booktogenre'],
      ['db:*', ...row],
    ]);
    expect(told.slice(3)).toEqual(told.slice(0, 3));
    told.length = 0;
    await prisma.$queryRaw`SELECT 1 FROM Book JOIN authors a ON a.id = authorId`;
    expect(told).toEqual([['db:*', 'db:Author', 'db:Book']]);
  });

  it('a computation of the cache expires with the tables that it read, cached or not', async () => {
    const { prisma, cache, queryCache } = shop;
    const json = {
      encode: (value: unknown) => Buffer.from(JSON.stringify(value)),
      decode: (from: Buffer) => JSON.parse(String(from)),
    };
    const page = () =>
      cache.getOrSet(
        'page',
        'books',
        async () => {
          await prisma.book.findMany();
          await prisma.author.findFirst({ cache: false });
          await prisma.$queryRaw`SELECT COUNT(*) FROM Genre`;
          return 1;
        },
        { codec: json },
      );
    for (const write of [
      () => prisma.book.update({ where: { id: 1 }, data: { title: 'B' } }),
      () => prisma.author.update({ where: { id: 1 }, data: { name: 'B' } }),
      () => prisma.$executeRaw`INSERT INTO Genre (name) VALUES ('x')`,
      () => queryCache.invalidate(['Author']),
    ]) {
      await page();
      expect((await page()).reason).toBe('fresh');
      await write();
      expect((await page()).reason).toBe('expired-tag');
    }
  });

  it('does not suffer from a listener that fails', async () => {
    const one = await open({
      onDependencies: () => {
        throw new Error('no');
      },
    });
    expect(await one.prisma.book.count()).toBe(1);
    expect(one.warnings).toHaveLength(1);
  });
});
