import { sharedDatabase, sharedRedis } from '@tbi/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTables, isMariadb, openShop, type Shop } from './support/shop.ts';

let shop: Shop;
let onMariadb: boolean;
/** Another process's worth: its own client and memory on the same database and Redis. */
let other: Shop;

beforeAll(async () => {
  const [url, redis] = [await sharedDatabase(), await sharedRedis()];
  await createTables(url);
  const queryCache = {
    models: { Book: { untracked: ['views'], alsoWrites: ['Audit'] }, BookTitle: { readsFrom: ['Book'] } },
  };
  shop = await openShop(url, { redis, queryCache });
  other = await openShop(url, { redis, queryCache });
  onMariadb = await isMariadb(shop);
});
afterAll(() => Promise.all([shop?.close(), other?.close()]));

/** Two authors with a book each: 1 by 1, 2 by 2; genre 1 of book 1; page 1 of each. A member of team `a`. A code `c`. */
beforeEach(async () => {
  const { prisma } = shop;
  await prisma.author.deleteMany();
  await prisma.genre.deleteMany();
  await prisma.code.deleteMany();
  await prisma.member.deleteMany();
  await prisma.team.deleteMany();
  await prisma.product.deleteMany();
  await prisma.productV2.deleteMany();
  await prisma.code.create({ data: { code: 'c', value: 1 } });
  await prisma.team.create({ data: { code: 'a', name: 'A', members: { create: { id: 1 } } } });
  await prisma.genre.create({ data: { id: 1, name: 'Genre' } });
  for (const id of [1, 2]) {
    await prisma.author.create({ data: { id, name: `Author ${id}` } });
    await prisma.book.create({
      data: {
        id,
        isbn: `${id}`,
        title: `Book ${id}`,
        authorId: id,
        pages: { create: { number: 1, text: 'p' } },
      },
    });
  }
  await prisma.book.update({ where: { id: 1 }, data: { genres: { connect: { id: 1 } } } });
});

type Client = Shop['prisma'];
type Act = (client: Client) => PromiseLike<unknown>;

const books: Act = ({ book }) => book.findMany({ orderBy: { id: 'asc' } });
const titles: Act = ({ book }) => book.findMany({ select: { title: true }, orderBy: { id: 'asc' } });
const book =
  (id: number): Act =>
  ({ book }) =>
    book.findUnique({ where: { id } });
const bookByIsbn: Act = ({ book }) => book.findUnique({ where: { isbn: '1' } });
const withPages: Act = ({ book }) => book.findMany({ include: { pages: true }, orderBy: { id: 'asc' } });
const withGenres: Act = ({ book }) => book.findMany({ include: { genres: true }, orderBy: { id: 'asc' } });
const counted: Act = ({ author }) => author.findMany({ include: { _count: { select: { books: true } } } });
const byTitle: Act = ({ author }) => author.findMany({ where: { books: { some: { title: 'Book 1' } } } });
const ordered: Act = ({ author }) =>
  author.findMany({ orderBy: { books: { _count: 'desc' } }, select: { id: true } });
const page =
  (bookId: number): Act =>
  ({ page }) =>
    page.findUnique({ where: { bookId_number: { bookId, number: 1 } } });
const codes: Act = ({ code }) => code.findMany();
const members: Act = ({ member }) => member.findMany();
const products: Act = ({ product }) => product.findMany();
const productsV2: Act = ({ productV2 }) => productV2.findMany();
const raw: Act = (client) =>
  shop.queryCache.raw(
    { tables: ['BookTitle'] },
    () => client.$queryRaw`SELECT title FROM BookTitle WHERE id = ${1}`,
  );

/** Caches the read in both processes, writes in one, and tells whether each asks the database again. */
async function refreshed(read: Act, write: Act): Promise<boolean[]> {
  for (const { prisma } of [shop, other, shop, other]) await read(prisma);
  expect(await shop.readsOf(() => read(shop.prisma)), 'it was cached').toBe(0);
  await write(shop.prisma);
  const again = async (one: Shop) => (await one.readsOf(() => read(one.prisma))) > 0;
  // The writer first: what it reads is new for both.
  const own = await again(shop);
  expect(await read(other.prisma)).toEqual(await read(other.plain as unknown as Client));
  return [own];
}
const expires = async (read: Act, write: Act) => expect(await refreshed(read, write)).toEqual([true]);
const keeps = async (read: Act, write: Act) => expect(await refreshed(read, write)).toEqual([false]);

const rename: Act = ({ book }) => book.update({ where: { id: 1 }, data: { title: 'New' } });

describe('a write expires what depends on its tables', () => {
  it.each<[string, Act, Act]>([
    ['update', books, rename],
    ['updateMany', books, ({ book }) => book.updateMany({ data: { title: 'New' } })],
    ['create', books, ({ book }) => book.create({ data: { isbn: '9', title: 'New', authorId: 1 } })],
    [
      'createMany',
      books,
      ({ book }) => book.createMany({ data: [{ isbn: '9', title: 'New', authorId: 1 }] }),
    ],
    [
      'upsert that updates',
      books,
      ({ book }) =>
        book.upsert({
          where: { id: 1 },
          update: { title: 'New' },
          create: { isbn: '9', title: 'x', authorId: 1 },
        }),
    ],
    [
      'upsert that creates',
      books,
      ({ book }) =>
        book.upsert({ where: { id: 99 }, update: {}, create: { isbn: '9', title: 'x', authorId: 1 } }),
    ],
    ['delete', books, ({ book }) => book.delete({ where: { id: 2 } })],
    ['deleteMany', books, ({ book }) => book.deleteMany({ where: { author: { name: 'Author 2' } } })],
    [
      'a nested write',
      withPages,
      ({ author }) =>
        author.update({
          where: { id: 1 },
          data: {
            books: {
              update: {
                where: { id: 1 },
                data: { pages: { updateMany: { where: {}, data: { text: 'New' } } } },
              },
            },
          },
        }),
    ],
    [
      'a join table',
      withGenres,
      ({ book }) => book.update({ where: { id: 2 }, data: { genres: { connect: { id: 1 } } } }),
    ],
    [
      'a join table, seen from the other side',
      withGenres,
      ({ genre }) => genre.update({ where: { id: 1 }, data: { books: { disconnect: { id: 1 } } } }),
    ],
    ['raw SQL', books, (client) => client.$executeRaw`UPDATE Book SET title = ${'New'} WHERE id = ${1}`],
    [
      'raw SQL in another form',
      books,
      (client) =>
        client.$executeRawUnsafe('update `Book` b join authors a on b.authorId = a.id set b.title = "New"'),
    ],
    [
      'raw SQL that returns rows',
      books,
      (client) =>
        client.$queryRawUnsafe(
          `INSERT INTO Book (isbn, title, authorId) VALUES ('9', 'New', 1)${onMariadb ? ' RETURNING id' : ''}`,
        ),
    ],
    [
      'raw SQL with variables of its own',
      books,
      (client) =>
        client.$executeRawUnsafe(
          `${onMariadb ? 'SET STATEMENT max_statement_time=9 FOR ' : ''}UPDATE Book SET title = 'New' WHERE id = 1`,
        ),
    ],
    ['TRUNCATE', codes, (client) => client.$executeRaw`TRUNCATE TABLE Code`],
    [
      'TRUNCATE in a transaction',
      codes,
      (client) => client.$transaction([client.$executeRaw`TRUNCATE TABLE Code`]),
    ],
    ['TRUNCATE-like SQL', withPages, (client) => client.$executeRaw`DELETE FROM Page`],
    ['a cascade', withPages, ({ author }) => author.delete({ where: { id: 1 } })],
    ['a cascade of a cascade', page(1), ({ author }) => author.deleteMany({ where: { id: 1 } })],
    ['a cascade in raw SQL', page(1), (client) => client.$executeRaw`DELETE FROM authors WHERE id = 1`],
    [
      'a cascade of a merge',
      members,
      (client) =>
        client.$executeRaw`INSERT INTO Team (code, name) VALUES ('a', 'x') ON DUPLICATE KEY UPDATE code = 'b'`,
    ],
    [
      'a cascade of an update of several tables',
      members,
      (client) => client.$executeRaw`UPDATE Team t JOIN Genre g ON g.id = 1 SET t.code = 'b'`,
    ],
    [
      'a table that has the name of another model',
      productsV2,
      (client) => client.$executeRaw`INSERT INTO Product (id, name) VALUES (1, 'New')`,
    ],
    [
      'a model that has the name of another table',
      products,
      ({ product }) => product.create({ data: { id: 1, name: 'New' } }),
    ],
    [
      'a table that is only counted',
      counted,
      ({ book }) => book.create({ data: { isbn: '9', title: 'x', authorId: 1 } }),
    ],
    ['a table that is only filtered by', byTitle, rename],
    [
      'a table that is only ordered by',
      ordered,
      ({ book }) => book.create({ data: { isbn: '9', title: 'x', authorId: 2 } }),
    ],
    ['a view, as configured', raw, rename],
    [
      'a batch',
      books,
      (client) =>
        client.$transaction([
          client.genre.count(),
          client.book.update({ where: { id: 1 }, data: { title: 'New' } }),
        ]),
    ],
    [
      'an interactive transaction',
      books,
      (client) =>
        client.$transaction(async (tx) => {
          await tx.book.update({ where: { id: 1 }, data: { title: 'New' } });
        }),
    ],
    ['SQL that nobody understands', books, (client) => client.$executeRawUnsafe('DO (SELECT 1)')],
  ])('%s', (_name, read, write) => expires(read, write));

  it('says once what it did not understand, without the statement', async () => {
    const { prisma, warnings } = shop;
    await prisma.$executeRawUnsafe("DO (SELECT 'secret')");
    await prisma.$executeRawUnsafe("DO (SELECT 'secret')");
    expect(warnings.filter((text) => text.includes('DO cannot be understood'))).toHaveLength(1);
    expect(warnings.join()).not.toContain('secret');
  });
});

describe('a write is as precise as it can be', () => {
  it.each<[string, Act, Act]>([
    ['another row by primary key', book(2), rename],
    [
      'another row in raw SQL',
      book(2),
      (client) => client.$executeRaw`UPDATE Book SET title = 'New' WHERE id = ${1}`,
    ],
    ['another row that is deleted', book(2), ({ book }) => book.delete({ where: { id: 1 } })],
    ['a new row', book(2), ({ book }) => book.create({ data: { isbn: '9', title: 'x', authorId: 1 } })],
    [
      'another row of a compound key',
      page(2),
      ({ page }) =>
        page.update({ where: { bookId_number: { bookId: 1, number: 1 } }, data: { text: 'New' } }),
    ],
    [
      'another row than the one found by another unique key',
      bookByIsbn,
      ({ book }) => book.update({ where: { id: 2 }, data: { title: 'New' } }),
    ],
    [
      'an untracked column',
      titles,
      (client) => client.$executeRaw`UPDATE Book SET views = views + 1 WHERE id = ${1}`,
    ],
    [
      'what refers to columns that a merge leaves alone',
      members,
      (client) =>
        client.$executeRaw`INSERT INTO Team (code, name) VALUES ('a', 'x') ON DUPLICATE KEY UPDATE name = 'New'`,
    ],
    [
      'what refers to columns that an update of several tables leaves alone',
      members,
      (client) => client.$executeRaw`UPDATE Team t JOIN Genre g ON g.id = 1 SET t.name = 'New'`,
    ],
    [
      'a model whose name the table of another has',
      products,
      ({ productV2 }) => productV2.create({ data: { id: 1, name: 'New' } }),
    ],
    ['another table', books, ({ genre }) => genre.update({ where: { id: 1 }, data: { name: 'New' } })],
    ['no row at all', books, ({ book }) => book.updateMany({ where: { id: 99 }, data: { title: 'New' } })],
    [
      'what was rolled back',
      books,
      (client) =>
        client
          .$transaction(async (tx) => {
            await tx.book.update({ where: { id: 1 }, data: { title: 'New' } });
            throw new Error('no');
          })
          .catch(() => {}),
    ],
    [
      'what the database refused',
      books,
      ({ book }) => book.create({ data: { isbn: '1', title: 'x', authorId: 1 } }).catch(() => {}),
    ],
  ])('%s expires nothing', async (_name, read, write) => {
    await read(shop.prisma);
    await keeps(read, write);
  });

  it.each<[string, Act, Act]>([
    ['its own row', book(1), rename],
    ['its own row, found by another unique key', bookByIsbn, rename],
    [
      'its own row in raw SQL',
      book(1),
      (client) => client.$executeRaw`UPDATE Book SET title = 'New' WHERE id = ${1} AND 1 = 1`,
    ],
    [
      'any row',
      book(1),
      (client) => client.$executeRaw`UPDATE Book SET title = 'New' WHERE id = ${1} OR isbn = '2'`,
    ],
    [
      'its own row of a compound key',
      page(1),
      ({ page }) =>
        page.update({ where: { bookId_number: { bookId: 1, number: 1 } }, data: { text: 'New' } }),
    ],
    [
      'a row that was absent',
      book(99),
      ({ book }) => book.create({ data: { id: 99, isbn: '9', title: 'x', authorId: 1 } }),
    ],
    [
      'a row that was absent and gets this key',
      book(99),
      ({ book }) => book.update({ where: { id: 1 }, data: { id: 99 } }),
    ],
    ['a row whose key changes', book(1), ({ book }) => book.update({ where: { id: 1 }, data: { id: 99 } })],
    [
      'a row that is replaced',
      book(1),
      (client) => client.$executeRaw`REPLACE INTO Book (id, isbn, title, authorId) VALUES (1, '1', 'New', 1)`,
    ],
    [
      'a row that is merged into',
      book(1),
      (client) =>
        client.$executeRaw`INSERT INTO Book (id, isbn, title, authorId) VALUES (5, '1', 'x', 1) ON DUPLICATE KEY UPDATE title = 'New'`,
    ],
    [
      'a key in other letters',
      ({ code }) => code.findUnique({ where: { code: 'ab' } }),
      async (client) => {
        await client.code.create({ data: { code: 'AB', value: 1 } });
      },
    ],
    [
      'an untracked column with another one',
      books,
      (client) => client.$executeRaw`UPDATE Book SET views = views + 1, title = 'New' WHERE id = ${1}`,
    ],
  ])('%s expires it', (_name, read, write) => expires(read, write));

  it('a row is found by a key in other letters, and expires by it', async () => {
    const { prisma } = shop;
    await prisma.code.create({ data: { code: 'Key-Y', value: 1 } });
    await expires(
      ({ code }) => code.findUnique({ where: { code: 'KEY-y' } }),
      ({ code }) => code.update({ where: { code: 'key-Y' }, data: { value: 2 } }),
    );
  });

  it('more than a thousand rows in one write are the table', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => i + 10);
    await expires(book(1), ({ book }) =>
      book.updateMany({ where: { id: { in: [1, ...many] } }, data: { title: 'New' } }),
    );
    const begun: number[] = [];
    const { cache } = shop;
    const beginWrite = cache.beginWrite;
    cache.beginWrite = (tags) => {
      begun.push(tags.length);
      return beginWrite.call(cache, tags);
    };
    await shop.prisma.$transaction(async (tx) => {
      for (let at = 0; at < 1_500; at += 500) {
        await tx.book.updateMany({
          where: { id: { in: [1, ...many.slice(at, at + 500)] } },
          data: { title: 'x' },
        });
      }
    });
    cache.beginWrite = beginWrite;
    expect(begun).toHaveLength(1);
    expect(begun[0]).toBeLessThan(20);
  });
});

describe('transactions', () => {
  it('read from the database and store nothing; outside, nobody sees what is not committed', async () => {
    const { prisma, queryCache } = shop;
    const title = async (client: Pick<Client, 'book'>) =>
      (await client.book.findUnique({ where: { id: 1 } }))?.title;
    expect(await title(prisma)).toBe('Book 1');
    await prisma.$transaction(async (tx) => {
      await tx.book.update({ where: { id: 1 }, data: { title: 'Secret' } });
      const { value, reads } = await queryCache.explain(() => title(tx));
      expect([value, reads[0]?.reason]).toEqual(['Secret', 'bypass']);
      expect(await title(prisma)).toBe('Book 1');
      expect(await title(other.prisma)).toBe('Book 1');
    });
    expect(await title(prisma)).toBe('Secret');
    expect(await title(other.prisma)).toBe('Secret');
  });

  it('undo what was rolled back to a savepoint, and only that', async () => {
    const { prisma } = shop;
    for (const act of [books, counted, withGenres]) await act(prisma);
    await prisma.$transaction(async (tx) => {
      await tx.genre.update({ where: { id: 1 }, data: { name: 'Changed' } });
      await tx
        .$transaction(async (nested: typeof tx) => {
          await nested.author.update({ where: { id: 1 }, data: { name: 'Undone' } });
          throw new Error('no');
        })
        .catch(() => {});
    });
    expect(await shop.readsOf(() => counted(prisma))).toBe(0);
    expect(await shop.readsOf(() => withGenres(prisma))).toBeGreaterThan(0);
  });

  it('in a batch, hits and misses do not wait for each other', async () => {
    const { prisma } = shop;
    await books(prisma);
    const [cached, fresh, count] = await prisma.$transaction([
      prisma.book.findMany({ orderBy: { id: 'asc' }, cache: { ttl: 9 } }),
      prisma.book.findMany({ where: { id: 2 } }),
      prisma.book.count(),
    ]);
    expect([cached.length, fresh.length, count]).toEqual([2, 1, 2]);
  });

  it('that MySQL commits because the schema changes are known to be committed', async () => {
    const { prisma } = shop;
    await books(prisma);
    await prisma
      .$transaction(async (tx) => {
        await tx.book.update({ where: { id: 1 }, data: { title: 'Kept' } });
        await tx.$executeRawUnsafe('CREATE TABLE IF NOT EXISTS Later (id INT PRIMARY KEY)');
        throw new Error('too late');
      })
      .catch(() => {});
    expect(await other.prisma.book.findUnique({ where: { id: 1 } })).toMatchObject({ title: 'Kept' });
    expect(await books(prisma)).toMatchObject([{ title: 'Kept' }, {}]);
  });
});
