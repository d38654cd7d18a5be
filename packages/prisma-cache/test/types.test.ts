import { describe, expectTypeOf, it } from 'vitest';
import type { PrismaClient } from '../generated/mysql/client.ts';
import type { Shop } from './support/shop.ts';

type Client = Shop['prisma'];

/** Types are checked by `pnpm lint`; nothing in here is executed. */
const typed = (_check: (cached: Client, plain: PrismaClient) => void) => {};

describe('the types of an extended client', () => {
  it('are Prisma’s own results, whatever `cache` says', () => {
    typed(async ({ book, author, everything }, plain) => {
      const cache = { ttl: 60, staleWhileRevalidate: 300, staleIfError: 5, tags: ['home'] };
      const where = { id: 1 };
      const include = { author: { select: { name: true } }, _count: true, pages: true } as const;
      expectTypeOf(await book.findUnique({ where, cache })).toEqualTypeOf(
        await plain.book.findUnique({ where }),
      );
      expectTypeOf(await book.findUniqueOrThrow({ where, include, cache })).toEqualTypeOf(
        await plain.book.findUniqueOrThrow({ where, include }),
      );
      expectTypeOf(await book.findMany({ include, cache: false })).toEqualTypeOf(
        await plain.book.findMany({ include }),
      );
      expectTypeOf(await book.findFirst({ select: { id: true }, cache })).toEqualTypeOf(
        await plain.book.findFirst({ select: { id: true } }),
      );
      expectTypeOf(await book.findMany({ omit: { title: true } })).toEqualTypeOf(
        await plain.book.findMany({ omit: { title: true } }),
      );
      expectTypeOf(await book.findMany()).toEqualTypeOf(await plain.book.findMany());
      expectTypeOf(await book.count({ cache })).toEqualTypeOf(await plain.book.count());
      expectTypeOf(await book.count({ select: { _all: true }, cache })).toEqualTypeOf(
        await plain.book.count({ select: { _all: true } }),
      );
      expectTypeOf(await everything.aggregate({ _sum: { money: true }, _count: true, cache })).toEqualTypeOf(
        await plain.everything.aggregate({ _sum: { money: true }, _count: true }),
      );
      expectTypeOf(await author.groupBy({ by: ['bossId'], _count: true, cache })).toEqualTypeOf(
        await plain.author.groupBy({ by: ['bossId'], _count: true }),
      );
    });
  });

  it('keep fluent calls', () => {
    typed(async ({ book, author }, plain) => {
      const where = { id: 1 };
      expectTypeOf(await book.findUnique({ where, cache: { ttl: 1 } }).author()).toEqualTypeOf(
        await plain.book.findUnique({ where }).author(),
      );
      expectTypeOf(await book.findUniqueOrThrow({ where }).author({ select: { name: true } })).toEqualTypeOf(
        await plain.book.findUniqueOrThrow({ where }).author({ select: { name: true } }),
      );
      expectTypeOf(await book.findUnique({ where }).author().books()).toEqualTypeOf(
        await plain.book.findUnique({ where }).author().books(),
      );
      expectTypeOf(await author.findUnique({ where }).boss()).toEqualTypeOf(
        await plain.author.findUnique({ where }).boss(),
      );
      // @ts-expect-error there is no such relation
      book.findUnique({ where }).publisher;
    });
  });

  it('take `cache` on reads only, and nothing that Prisma would not take', () => {
    typed(({ book }) => {
      const cache = { ttl: 1 };
      // @ts-expect-error a write
      book.create({ data: { isbn: '', title: '', authorId: 1 }, cache });
      // @ts-expect-error a write
      book.update({ where: { id: 1 }, data: {}, cache });
      // @ts-expect-error a write
      book.deleteMany({ cache });
      // @ts-expect-error no such field
      book.findMany({ where: { nothing: 1 }, cache });
      // @ts-expect-error no such option
      book.findMany({ cache: { seconds: 1 } });
      // @ts-expect-error switched off is false
      book.findMany({ cache: true });
      // @ts-expect-error by which book?
      book.findUnique({ cache });
      // @ts-expect-error cache is not for what is included
      book.findMany({ include: { author: { cache } } });
    });
  });

  it('go on through later extensions and into transactions', () => {
    typed(async (client) => {
      const later = client.$extends({
        result: { book: { loud: { needs: { title: true }, compute: ({ title }) => title.toUpperCase() } } },
        model: { book: { answer: (): number => 42 } },
      });
      const [first] = await later.book.findMany({ where: { id: 1 }, cache: { ttl: 1 } });
      expectTypeOf(first?.loud).toEqualTypeOf<string | undefined>();
      expectTypeOf(later.book.answer()).toEqualTypeOf<number>();
      // @ts-expect-error still a write
      later.book.create({ data: { isbn: '', title: '', authorId: 1 }, cache: {} });
      const inside = await client.$transaction((tx) => tx.book.findMany({ cache: { ttl: 1 } }));
      expectTypeOf(inside[0]?.title).toEqualTypeOf<string | undefined>();
      const both = await client.$transaction([client.book.findMany(), client.book.count()]);
      expectTypeOf(both[0][0]?.id).toEqualTypeOf<number | undefined>();
      expectTypeOf(both).toExtend<[unknown[], number]>();
    });
  });
});
