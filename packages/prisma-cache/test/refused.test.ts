import { sharedDatabase, sharedRedis } from '@tbi/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTables, define, openShop, type Shop } from './support/shop.ts';

let shop: Shop;
/** Another process's worth: its own client and memory on the same database and Redis. */
let other: Shop;

beforeAll(async () => {
  const [url, redis] = [await sharedDatabase(), await sharedRedis()];
  await createTables(url);
  await define(
    url,
    `CREATE PROCEDURE fails_halfway() BEGIN
      UPDATE Genre SET name = 'Kept' WHERE id = 1; INSERT INTO Genre (id, name) VALUES (1, 'x'); END`,
  );
  await define(url, 'CREATE PROCEDURE commits() BEGIN COMMIT; END');
  shop = await openShop(url, { redis });
  other = await openShop(url, { redis });
});
afterAll(() => Promise.all([shop?.close(), other?.close()]));

beforeEach(async () => {
  const { prisma } = shop;
  await prisma.genre.deleteMany();
  await prisma.code.deleteMany();
  await prisma.author.deleteMany();
  await prisma.genre.createMany({ data: [1, 2].map((id) => ({ id, name: `Genre ${id}` })) });
  await prisma.code.create({ data: { code: 'c', value: 1 } });
});

const names = async ({ genre }: Pick<Shop['prisma'], 'genre'>) =>
  (await genre.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);

/** Of what is in nobody's cache any more, every process reads the new. */
async function expectNames(expected: string[]) {
  expect(await names(shop.plain as unknown as Shop['prisma'])).toEqual(expected);
  for (const { prisma } of [shop, other]) expect(await names(prisma)).toEqual(expected);
}

it('a procedure that fails has perhaps written before', async () => {
  for (const { prisma } of [shop, other]) await names(prisma);
  await expect(shop.prisma.$executeRaw`CALL fails_halfway()`).rejects.toThrow(/1062|Unique/);
  await expectNames(['Kept', 'Genre 2']);
});

describe('a transaction that is over before its end', () => {
  it.each([
    ['TRUNCATE', 'TRUNCATE TABLE Code'],
    ['a change of the schema that fails', 'ALTER TABLE Missing ADD x INT'],
    ['a procedure that commits', 'CALL commits()'],
  ])('because of %s has kept what it wrote', async (_name, sql) => {
    for (const { prisma } of [shop, other]) await names(prisma);
    const running = shop.prisma.$transaction(async (tx) => {
      await tx.genre.update({ where: { id: 1 }, data: { name: 'Kept' } });
      await tx.$executeRawUnsafe(sql);
      throw new Error('too late');
    });
    await expect(running).rejects.toThrow();
    await expectNames(['Kept', 'Genre 2']);
  });

  it('because of a deadlock commits what it writes after that', async () => {
    const value = async ({ code }: Pick<Shop['prisma'], 'code'>) => (await code.findFirst())?.value;
    const { prisma, plain } = shop;
    for (const one of [shop, other]) expect(await value(one.prisma)).toBe(1);
    const rename = (tx: Pick<Shop['prisma'], '$executeRaw'>, id: number) =>
      tx.$executeRaw`UPDATE Genre SET name = 'x' WHERE id = ${id}`;
    await plain.$transaction(async (heavy) => {
      // Of two transactions, the database ends the one that has written less.
      await heavy.author.createMany({ data: Array.from({ length: 500 }, () => ({ name: 'Author' })) });
      await rename(heavy, 2);
      let waiting: PromiseLike<unknown> | undefined;
      const light = prisma.$transaction(async (tx) => {
        await rename(tx, 1);
        waiting = rename(heavy, 1);
        await Promise.all([
          waiting,
          expect(rename(tx, 2)).rejects.toMatchObject({
            message: expect.stringMatching(/deadlock|conflict/i),
          }),
        ]);
        await tx.$executeRaw`UPDATE Code SET value = 2`;
        throw new Error('too late');
      });
      await expect(light).rejects.toThrow('too late');
    });
    expect(await plain.code.findFirst()).toMatchObject({ value: 2 });
    for (const one of [shop, other]) expect(await value(one.prisma)).toBe(2);
  });
});
