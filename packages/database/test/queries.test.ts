import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase, type Database } from '../src/database.ts';
import { Prisma, type PrismaClient } from '../src/index.ts';
import { migrate } from '../src/migrate.ts';
import { searchFilters } from '../src/search.ts';
import { seed } from '../src/seed.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { newDatabases } from './support/databases.ts';

type Query = (client: PrismaClient) => Promise<unknown>;

const published = { status: 'published' } as const;
const newestFirst = [
  { publishedAt: 'desc' },
  { id: 'desc' },
] satisfies Prisma.ReportOrderByWithRelationInput[];
const card = {
  slug: true,
  publishedAt: true,
  priceSingleUser: true,
  translations: { where: { locale: 'de' }, select: { title: true } },
} satisfies Prisma.ReportSelect;

let mysql: Database;
let sqlite: Database;

beforeAll(async () => {
  const urls = await newDatabases();
  for (const url of Object.values(urls)) {
    await migrate(url);
    await seed(url, makeCatalogue(60));
  }
  mysql = createDatabase(urls.mysql);
  sqlite = createDatabase(urls.sqlite);
});
afterAll(() => Promise.all([mysql.close(), sqlite.close()]));

/** Both databases give this, down to the types of the values. */
async function answer(query: Query): Promise<unknown> {
  const onMysql = await query(mysql.client);
  expect(await query(sqlite.client)).toStrictEqual(onMysql);
  return onMysql;
}

describe('both databases answer alike', () => {
  const reads: Record<string, Query> = {
    'a report with everything': ({ report }) =>
      report.findUnique({
        where: { slug: 'theme-12-market' },
        include: {
          category: { include: { translations: { orderBy: { id: 'asc' } } } },
          translations: { orderBy: { locale: 'asc' } },
          regions: { include: { region: true }, orderBy: { regionId: 'asc' } },
          _count: { select: { enquiries: true, regions: true } },
        },
      }),
    'a page of the newest': ({ report }) =>
      report.findMany({ where: published, orderBy: newestFirst, skip: 10, take: 10, select: card }),
    'a page from a cursor': ({ report }) =>
      report.findMany({ orderBy: { id: 'asc' }, cursor: { id: 20 }, skip: 1, take: 3, select: card }),
    'a category': ({ report }) =>
      report.findMany({
        where: { ...published, category: { slug: 'health' } },
        orderBy: newestFirst,
        select: card,
      }),
    'two regions': ({ report }) =>
      report.findMany({
        where: { regions: { some: { region: { slug: { in: ['europe', 'north-america'] } } } } },
        orderBy: { code: 'asc' },
        select: card,
      }),
    'a price range': ({ report }) =>
      report.findMany({
        where: { priceSingleUser: { gte: 4050.5, lt: new Prisma.Decimal('4350.50') } },
        orderBy: [{ priceSingleUser: 'desc' }, { id: 'asc' }],
        select: card,
      }),
    'one exact price': ({ report }) => report.count({ where: { priceEnterprise: '6950.75' } }),
    'a range of dates': ({ report }) =>
      report.findMany({
        where: { publishedAt: { gte: new Date('2025-01-10'), lte: new Date('2025-01-20') } },
        orderBy: newestFirst,
        select: card,
      }),
    'one day': ({ report }) => report.count({ where: { publishedAt: new Date('2025-01-13') } }),
    'featured or cheap, not drafts': ({ report }) =>
      report.findMany({
        where: { OR: [{ featured: true }, { priceSingleUser: { lt: 4000 } }], NOT: { status: 'draft' } },
        orderBy: { id: 'asc' },
        select: card,
      }),
    'related reports': ({ report }) =>
      report.findMany({
        where: { ...published, categoryId: 1, id: { not: 1 } },
        orderBy: newestFirst,
        take: 4,
        select: card,
      }),
    'categories with numbers of published reports': ({ category }) =>
      category.findMany({
        orderBy: { sortOrder: 'asc' },
        select: { slug: true, _count: { select: { reports: { where: published } } } },
      }),
    'reports without a region': ({ report }) => report.findMany({ where: { regions: { none: {} } } }),
    'groups by category and status': ({ report }) =>
      report.groupBy({
        by: ['categoryId', 'status'],
        _count: { _all: true },
        _min: { priceSingleUser: true },
        _max: { publishedAt: true },
        orderBy: [{ categoryId: 'asc' }, { status: 'asc' }],
      }),
    'sums, extremes, averages of whole numbers': ({ report }) =>
      report.aggregate({
        _sum: { priceSingleUser: true, pages: true },
        _min: { priceSingleUser: true, publishedAt: true },
        _max: { marketSizeBaseUsdM: true, updatedAt: true },
        _count: { _all: true, featured: true },
      }),
    'distinct years': ({ report }) =>
      report.findMany({ distinct: ['forecastYear'], select: { forecastYear: true } }),
    'a sitemap': ({ reportTranslation }) =>
      reportTranslation.findMany({
        where: { report: published },
        select: { locale: true, updatedAt: true, report: { select: { slug: true, updatedAt: true } } },
        orderBy: [{ reportId: 'asc' }, { locale: 'asc' }],
      }),
    'several reads in one transaction': (client) =>
      client.$transaction([client.report.count(), client.category.findMany({ orderBy: { id: 'asc' } })]),
    'what is not there': ({ report }) => report.findUnique({ where: { slug: 'nowhere' } }),
  };
  test.each(Object.entries(reads))('%s', async (_name, query) => {
    await answer(query);
  });
});

describe('both databases find alike', () => {
  test.each([
    ['de', 'ÜBERGRÖSSEN massband', 60],
    ['fr', 'energie oceans 12', 1],
    ['ja', 'バッテリー', 60],
    ['ja', 'ﾊﾞｯﾃﾘｰ', 60],
    ['ja', 'ばってりー', 60],
    ['ja', '배터리', 0],
    ['ko', '배터리', 60],
    ['ko', '배터러', 0],
    ['en', 'TBI-1012', 1],
    ['en', 'menard fils', 60],
    ['en', 'batteries\\ %', 60],
    ['en', 'batteries% nowhere', 0],
  ])('%s: %s', async (locale, words, expected) => {
    const found = await answer(({ report }) =>
      report.findMany({
        where: { translations: { some: { locale, AND: searchFilters(words) } } },
        select: { code: true },
        orderBy: { code: 'asc' },
      }),
    );
    expect(found).toHaveLength(expected);
  });
});

test('values come back with the types that the schema says', async () => {
  const found = await answer(({ report }) =>
    report.findUnique({
      where: { code: 'TBI-1001' },
      include: { translations: { where: { locale: 'ja' } } },
    }),
  );
  expect(found).toMatchObject({
    featured: false,
    publishedAt: new Date('2025-01-02T00:00:00Z'),
    priceSingleUser: new Prisma.Decimal('4050.5'),
    marketSizeBaseUsdM: new Prisma.Decimal('1235.56'),
    keyPlayers: ['Nordlicht 1', 'Ménard & Fils', '光学株式会社'],
    translations: [{ tableOfContents: [{ sections: [] }, { sections: ['Europe', 'Asia', '日本'] }] }],
  });
});

describe('both databases write alike', () => {
  const slug = 'theme-5-market';
  const changedAt = new Date('2026-02-03T04:05:06.789Z');

  test('an edit of a report and its translations', async () => {
    const edited = await answer(({ report }) =>
      report.update({
        where: { slug, version: 1 },
        data: {
          priceSingleUser: '4999.99',
          featured: false,
          version: { increment: 1 },
          updatedAt: changedAt,
          keyPlayers: [],
          translations: {
            update: {
              where: { reportId_locale: { reportId: 6, locale: 'ja' } },
              data: { title: '新しい😀', updatedAt: changedAt },
            },
          },
        },
        include: { translations: { where: { locale: 'ja' } } },
      }),
    );
    expect(edited).toMatchObject({ version: 2, keyPlayers: [], updatedAt: changedAt });
  });

  test('an edit that is based on an outdated version', async () => {
    await answer(({ report }) => report.updateMany({ where: { slug, version: 1 }, data: { pages: 1 } }));
    await answer(({ report }) =>
      errorCode(report.update({ where: { slug, version: 1 }, data: { pages: 1 } })),
    );
  });

  test('an enquiry, an order with items, an account', async () => {
    await answer(async ({ enquiry, order, user }) => {
      const id = '01890000-0000-7000-8000-000000000001';
      await user.create({
        data: {
          id,
          email: 'reader@example.com',
          createdAt: changedAt,
          updatedAt: changedAt,
          accounts: { create: { type: 'oauth', provider: 'example', providerAccountId: '7' } },
        },
      });
      await order.create({
        data: {
          id,
          user: { connect: { id } },
          createdAt: changedAt,
          updatedAt: changedAt,
          items: { create: [{ reportId: 1, licence: 'multi', unitPrice: '0.10' }] },
        },
      });
      await enquiry.create({
        data: {
          id,
          report: { connect: { slug } },
          user: { connect: { email: 'reader@example.com' } },
          name: '山田 太郎',
          email: 'reader@example.com',
          message: 'One\nTwo',
          locale: 'ja',
          createdAt: changedAt,
        },
      });
      return user.findMany({
        include: { accounts: true, enquiries: true, orders: { include: { items: true } } },
      });
    });
  });

  test('times that the database is not told are now, in UTC', async () => {
    for (const { client } of [mysql, sqlite]) {
      const before = Date.now();
      const { createdAt, updatedAt } = await client.user.create({ data: { email: 'clock@example.com' } });
      for (const time of [createdAt, updatedAt]) {
        expect(time.getTime()).toBeGreaterThanOrEqual(before - 1);
        expect(time.getTime()).toBeLessThanOrEqual(Date.now());
      }
    }
  });

  test('a transaction that fails leaves nothing', async () => {
    await answer(async (client) => {
      const failure = client.$transaction(async (tx) => {
        await tx.category.create({ data: { slug: 'lost', icon: 'box', sortOrder: 9 } });
        throw new Error('changed my mind');
      });
      await failure.catch(() => {});
      return client.category.count({ where: { slug: 'lost' } });
    });
  });

  test('what the schema forbids', async () => {
    const twice: Query = ({ category }) =>
      errorCode(category.create({ data: { slug: 'energy', icon: 'box', sortOrder: 1 } }));
    const dangling: Query = ({ reportRegion }) =>
      errorCode(reportRegion.create({ data: { reportId: 1, regionId: 999 } }));
    const inUse: Query = ({ category }) => errorCode(category.delete({ where: { slug: 'energy' } }));
    expect(await answer(twice)).toBe('P2002');
    expect(await answer(dangling)).toBe('P2003');
    expect(await answer(inUse)).toBe('P2003');
  });

  test('deleting a report takes its translations and regions along', async () => {
    await answer(async ({ report, reportTranslation, reportRegion }) => {
      await report.delete({ where: { slug: 'theme-8-market' } });
      return [await reportTranslation.count(), await reportRegion.count()];
    });
  });
});

async function errorCode(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => 'no error',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
