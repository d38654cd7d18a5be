// What the query cache costs and saves, beside plain Prisma on the same MariaDB in the same run. Medians of rounds that
// take turns.
import { createDatabase, type Database } from '@tbi/database';
import { migrate } from '@tbi/database/migrate';
import { seed } from '@tbi/database/seed';
import { prismaCache } from '@tbi/prisma-cache';
import { type MariadbServer, type RedisServer, startMariadb, startRedis } from '@tbi/testing';
import { Redis } from 'ioredis';
import { buildSeed } from '../prisma/seed/index.ts';
import { openCache } from './engine-cache.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 9;
const WARM_UP_ROUNDS = 3;
const rows: string[][] = [];
const row = (what: string, plain: number, cached: number, aim: string) => {
  const ratio = plain / cached;
  const shown = ratio >= 1 ? `${ratio.toFixed(1)} × faster` : `${(1 / ratio).toFixed(2)} × the time`;
  rows.push([what, `${us(plain)}`, `${us(cached)}`, shown, aim]);
};
const us = (value: number) => `${value < 100 ? value.toFixed(1) : Math.round(value)} µs`;

/** Each call in a turn of the event loop of its own, as a server's are. */
async function perCallUs(calls: number, run: (i: number) => PromiseLike<unknown>): Promise<number> {
  let totalMs = 0;
  for (let i = 0; i < calls; i += 1) {
    await nextTurn();
    const startedMs = performance.now();
    await run(i);
    totalMs += performance.now() - startedMs;
  }
  return (totalMs * 1000) / calls;
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Both sides in turns, so that what else the machine does hits them alike. */
async function compare(
  calls: [plain: number, cached: number],
  plain: (i: number) => PromiseLike<unknown>,
  cached: (i: number) => PromiseLike<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (const [side, run] of [plain, cached].entries()) {
    await perCallUs(WARM_UP_ROUNDS * (calls[side] ?? 0), run);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(await perCallUs(calls[0], plain));
    times[1].push(await perCallUs(calls[1], cached));
  }
  return [median(times[0]), median(times[1])];
}

const inLocale = { locale: { in: ['de', 'en'] } };
/** What a list of the site reads. */
const list = {
  take: 50,
  orderBy: { id: 'asc' },
  select: {
    id: true,
    slug: true,
    code: true,
    publishedAt: true,
    pages: true,
    priceSingleUser: true,
    priceMultiUser: true,
    cagrPercent: true,
    category: {
      select: {
        slug: true,
        icon: true,
        translations: { where: inLocale, select: { locale: true, name: true } },
      },
    },
    translations: { where: inLocale, select: { locale: true, title: true, summary: true } },
  },
} as const;

/** Of the first two hundred reports, in turns. */
const ids = (i: number) => (i % 200) + 1;

async function bench(server: RedisServer, mariadb: MariadbServer) {
  const url = await mariadb.createDatabase('bench');
  await migrate(url);
  await seed(url, buildSeed());
  const plainDatabase = createDatabase(url);
  const memory = await openSide(url, server, 256 * 1024 * 1024);
  const shared = await openSide(url, server, 0);
  const plain = plainDatabase.client;

  const find =
    ({ report }: Pick<typeof plain, 'report'>) =>
    (i: number) =>
      report.findUnique({ where: { id: ids(i) } });
  const many =
    ({ report }: Pick<typeof plain, 'report'>) =>
    () =>
      report.findMany(list);
  for (let i = 0; i < 200; i += 1)
    for (const { client } of [memory, shared]) await client.report.findUnique({ where: { id: ids(i) } });
  for (const { client } of [memory, shared]) await client.report.findMany(list);

  row(
    'findUnique by id, hit in memory',
    ...(await compare([300, 4_000], find(plain), (i) =>
      memory.client.report.findUnique({ where: { id: ids(i) } }),
    )),
    '≥ 20 ×',
  );
  row(
    'findUnique by id, hit in Redis',
    ...(await compare([300, 1_000], find(plain), (i) =>
      shared.client.report.findUnique({ where: { id: ids(i) } }),
    )),
    '',
  );
  row(
    'findMany, 50 rows with relations, hit in memory',
    ...(await compare([40, 400], many(plain), () => memory.client.report.findMany(list))),
    '≥ 20 ×',
  );
  row(
    'findMany, 50 rows with relations, hit in Redis',
    ...(await compare([40, 200], many(plain), () => shared.client.report.findMany(list))),
    '',
  );

  // Always true, and in each query another one: a query that nobody has asked before.
  let asked = 0;
  const fresh = () => {
    asked += 1;
    return { pages: -asked };
  };
  type Query = (i: number) => PromiseLike<unknown>;
  const findNew: Query = (i) => plain.report.findUnique({ where: { id: ids(i), NOT: fresh() } });
  const findNewCached: Query = (i) =>
    memory.client.report.findUnique({ where: { id: ids(i), NOT: fresh() } });
  const manyNew: Query = () => plain.report.findMany({ ...list, where: { NOT: fresh() } });
  const manyNewCached: Query = () => memory.client.report.findMany({ ...list, where: { NOT: fresh() } });
  const byHand = createByHand(server);
  const missOf = async (what: string, calls: number, query: Query, cached: Query) => {
    row(`${what}, miss`, ...(await compare([calls, calls], query, cached)), '≤ 1.15 ×');
    row(`${what}, miss by hand`, ...(await compare([calls, calls], query, byHand.miss(query))), '');
  };
  await missOf('findUnique by id', 300, findNew, findNewCached);
  await missOf('findMany, 50 rows with relations', 30, manyNew, manyNewCached);

  const at32 = (one: (i: number) => PromiseLike<unknown>) => () =>
    Promise.all(Array.from({ length: 32 }, (_, i) => one(i)));
  const [plain32, memory32] = await compare(
    [10, 60],
    at32(find(plain)),
    at32((i) => memory.client.report.findUnique({ where: { id: ids(i) } })),
  );
  const [, shared32] = await compare(
    [10, 30],
    at32(find(plain)),
    at32((i) => shared.client.report.findUnique({ where: { id: ids(i) } })),
  );
  const perSecond = (time: number) => `${Math.round((32 * 1e6) / time).toLocaleString('en')}/s`;
  rows.push([
    'findUnique, 32 at once, memory',
    perSecond(plain32),
    perSecond(memory32),
    `${(plain32 / memory32).toFixed(1)} × as many`,
    '',
  ]);
  rows.push([
    'findUnique, 32 at once, Redis',
    perSecond(plain32),
    perSecond(shared32),
    `${(plain32 / shared32).toFixed(1)} × as many`,
    '',
  ]);

  const [plainNew32, new32] = await compare([10, 10], at32(findNew), at32(findNewCached));
  rows.push([
    'findUnique, 32 at once, misses',
    perSecond(plainNew32),
    perSecond(new32),
    `${(plainNew32 / new32).toFixed(1)} × as many`,
    '',
  ]);

  // A process follows the log once: another engine in this one would read every record too.
  await shared.close();
  const write =
    ({ report }: Pick<typeof plain, 'report'>) =>
    (i: number) =>
      report.update({ where: { id: ids(i) }, data: { pages: 100 + (i % 7) } });
  row(
    'update by id',
    ...(await compare([100, 100], write(plain), (i) =>
      memory.client.report.update({ where: { id: ids(i) }, data: { pages: 100 + (i % 7) } }),
    )),
    '≤ 1.5 ×',
  );
  const rawWrite: Query = (i) => plain.$executeRaw`UPDATE Report SET pages = ${i} WHERE id = ${ids(i)}`;
  row(
    'UPDATE as raw SQL',
    ...(await compare(
      [150, 150],
      rawWrite,
      (i) => memory.client.$executeRaw`UPDATE Report SET pages = ${i} WHERE id = ${ids(i)}`,
    )),
    '≤ 1.5 ×',
  );
  row('UPDATE as raw SQL, by hand', ...(await compare([150, 150], rawWrite, byHand.write(rawWrite))), '');

  byHand.close();
  await Promise.all([plainDatabase.close(), memory.close()]);
}

/** The least that can be done about Redis, without any library but its client. */
function createByHand({ port }: RedisServer) {
  const redis = new Redis({ port, host: '127.0.0.1' });
  let key = 0;
  return {
    /**
     * Where one process computes for all: Redis is asked for the value and for the right to compute it, in one trip;
     * afterwards it gets the one and gives up the other, which nobody waits for.
     */
    miss: (query: (i: number) => PromiseLike<unknown>) => async (i: number) => {
      key += 1;
      const [lease, value] = [`lease:${key}`, `value:${key}`];
      const leased = redis.set(lease, 'token', 'PX', 10_000, 'NX');
      const found = await redis.getBuffer(value);
      if (found !== null || (await leased) === null) throw new Error('somebody else asked for it');
      const result = await query(i);
      redis.set(value, JSON.stringify(result), 'PX', 3_600_000).catch(() => {});
      redis.del(lease).catch(() => {});
      return result;
    },
    /** Where a writer's death is survived: a mark before, and its end behind, which nobody waits for. */
    write: (query: (i: number) => PromiseLike<unknown>) => async (i: number) => {
      await redis.set('mark', i, 'PX', 5_000);
      const result = await query(i);
      redis.del('mark').catch(() => {});
      return result;
    },
    close: () => redis.disconnect(),
  };
}

async function openSide(url: string, { port }: RedisServer, l1MaxBytes: number) {
  const { cache, close } = await openCache(port, { l1MaxBytes });
  const queryCache = prismaCache({ cache, ttl: 3_600, scope: `l1 ${l1MaxBytes}` });
  const database: Database = createDatabase(url, { wrapAdapter: queryCache.adapter });
  return {
    client: database.client.$extends(queryCache.extension),
    async close() {
      await database.close();
      await close();
    },
  };
}

// What is started below keeps no process alive by itself.
const alive = setInterval(() => {}, 60_000);
const [redis, mariadb] = [await startRedis(), await startMariadb()];
try {
  await bench(redis, mariadb);
} finally {
  await Promise.all([redis.stop(), mariadb.stop()]);
  clearInterval(alive);
}
printTable(['query', 'plain Prisma', 'with the cache', 'which is', 'aim'], rows);
