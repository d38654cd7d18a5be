import { createRequire } from 'node:module';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { type MariadbServer, poll, type RedisServer, startMariadb, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PrismaClient } from '../generated/mysql/client.ts';
import { prismaCache } from '../src/index.ts';
import { createTables, openShop, type Shop, type ShopOptions } from './support/shop.ts';

let redis: RedisServer;
let mariadb: MariadbServer;
let url: string;
let keyPrefix = '';
const opened: Shop[] = [];

beforeAll(async () => {
  [redis, mariadb] = await Promise.all([startRedis(), startMariadb()]);
  // The driver would try for ten seconds.
  url = `${await mariadb.createDatabase('shop')}?acquireTimeout=500&connectTimeout=500`;
  await createTables(url);
  const shop = await openShop(url);
  await shop.plain.author.create({
    data: { id: 1, name: 'A', books: { create: { id: 1, isbn: '1', title: 'B' } } },
  });
  await shop.close();
});
beforeEach(() => {
  keyPrefix = `t${Math.random()}:`;
});
afterAll(async () => {
  await Promise.all(opened.map((shop) => shop.close().catch(() => {})));
  await Promise.all([redis?.stop(), mariadb?.stop()]);
});

async function open(options: ShopOptions = {}): Promise<Shop> {
  const shop = await openShop(url, { redis: { url: redis.url, keyPrefix }, ...options });
  opened.push(shop);
  return shop;
}

/** From memory, or from Redis where the machine is too busy for this process to vouch for its memory. */
const HIT = expect.stringMatching(/^l[12] fresh$/);

const reportOf = async (shop: Shop, run: () => PromiseLike<unknown>) =>
  (await shop.queryCache.explain(run)).reads.map(({ source, reason }) => `${source} ${reason}`);

describe.each(['SIGSTOP', 'SIGKILL'] as const)('a Redis that is away (%s)', (signal) => {
  it('makes no read and no write fail or hang, and nothing old is served when it is back', async () => {
    const [shop, other] = [await open(), await open()];
    const titleOf = async ({ prisma }: Shop) => (await prisma.book.findUnique({ where: { id: 1 } }))?.title;
    await shop.prisma.book.update({ where: { id: 1 }, data: { title: 'old' } });
    expect([await titleOf(shop), await titleOf(other)]).toEqual(['old', 'old']);
    await redis.kill(signal);
    for (const title of ['first', 'second']) {
      await shop.prisma.book.update({ where: { id: 1 }, data: { title } });
      expect(await titleOf(shop)).toBe(title);
    }
    // The other cannot be told, but after a second without proof it serves nothing from memory.
    await poll(async () => (await titleOf(other)) === 'second', {
      what: 'the other to ask the database',
      timeoutMs: 5_000,
    });
    if (signal === 'SIGSTOP') await redis.kill('SIGCONT');
    else await redis.restart();
    for (const one of [shop, other]) {
      await poll(
        async () => {
          expect(await titleOf(one)).toBe('second');
          return (
            (await reportOf(one, () => one.prisma.book.findUnique({ where: { id: 1 } })))[0] === 'l1 fresh'
          );
        },
        { what: 'the cache to be in use again', timeoutMs: 15_000 },
      );
    }
  });
});

describe('a database that is away', () => {
  it('is covered by old results where that was asked for, and by what is fresh', async () => {
    const shop = await open();
    const { prisma } = shop;
    const lenient = () => prisma.book.findMany({ cache: { ttl: 0.2, staleIfError: 600 } });
    const strict = () => prisma.author.findMany({ cache: { ttl: 0.2 } });
    const fresh = () => prisma.genre.findMany({ cache: { ttl: 600 } });
    await Promise.all([lenient(), strict(), fresh()]);
    await mariadb.kill('SIGKILL');
    await poll(async () => (await reportOf(shop, lenient))[0]?.endsWith('stale-ttl') ?? false, {
      what: 'the old result to be served',
      timeoutMs: 15_000,
    });
    expect(await lenient()).toHaveLength(1);
    expect(await reportOf(shop, fresh)).toEqual([HIT]);
    await expect(strict()).rejects.toThrow();
    await mariadb.restart();
  });
});

describe('nothing is cached, and that is said once,', () => {
  const uncached = async (shop: Shop) => {
    const read = () => shop.prisma.book.findMany();
    for (let i = 0; i < 2; i += 1) expect(await reportOf(shop, read)).toEqual(['database bypass']);
  };

  it('with replicas whose lag is not known', async () => {
    const shop = await open({ queryCache: { readReplicas: true } });
    await uncached(shop);
    expect(shop.warnings).toEqual([expect.stringContaining('replicaHoldOffMs')]);
  });

  it('without the adapter that sees the writes', async () => {
    const shop = await open();
    const warnings: string[] = [];
    const blind = prismaCache({ cache: shop.cache, warn: (message) => warnings.push(message) });
    const client = shop.plain.$extends(blind.extension);
    for (let i = 0; i < 2; i += 1) {
      const { reads } = await blind.explain(() => client.book.findMany());
      expect(reads[0]?.reason).toBe('bypass');
    }
    expect(warnings).toEqual([expect.stringContaining('adapter')]);
  });

  it('when Prisma’s internals are others than those that are known', async () => {
    const shop = await open();
    const warnings: string[] = [];
    const queryCache = prismaCache({ cache: shop.cache, warn: (message) => warnings.push(message) });
    const stranger = new Proxy(shop.plain, {
      get: (client, key) => (key === '_requestHandler' ? undefined : Reflect.get(client, key)),
    });
    const client = stranger.$extends(queryCache.extension);
    expect(await client.book.findMany({ where: { id: 1 }, cache: { ttl: 1 } })).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('internals')]);
    // One that looks right until it is used.
    const handler: Record<string, unknown> = Reflect.get(shop.plain, '_requestHandler');
    const mapResult = handler.mapQueryEngineResult;
    const late = await open();
    const lateHandler: Record<string, unknown> = Reflect.get(late.prisma, '_requestHandler');
    lateHandler.mapQueryEngineResult = mapResult;
    expect(await late.prisma.book.count({ cache: { ttl: 1 } })).toBe(1);
    expect(await late.prisma.book.count({ cache: { ttl: 1 } })).toBe(1);
    expect(late.warnings).toEqual([expect.stringContaining('version of Prisma')]);
  });

  it('when it is switched off; writes and dependencies are seen all the same', async () => {
    const told: unknown[] = [];
    const shop = await open({ queryCache: { enabled: false, onDependencies: (tags) => told.push(tags) } });
    await uncached(shop);
    expect(told).toHaveLength(2);
    const lookup = () => shop.cache.get('page', 'home');
    await shop.cache.set('page', 'home', Buffer.from('x'), { stamp: shop.cache.stamp(), tags: ['db:Book'] });
    expect((await lookup()).reason).toBe('fresh');
    await shop.prisma.book.update({ where: { id: 1 }, data: { title: 'x' } });
    expect((await lookup()).reason).toBe('expired-tag');
  });
});

it('a client with the adapter alone expires everything with every write, and says so once', async () => {
  const [shop, other] = [await open(), await open()];
  const warnings: string[] = [];
  const { adapter } = prismaCache({ cache: other.cache, warn: (message) => warnings.push(message) });
  const client = new PrismaClient({ adapter: adapter(new PrismaMariaDb(url)) });
  const read = () => shop.prisma.genre.count();
  await read();
  for (const title of ['one', 'two']) await client.book.update({ where: { id: 1 }, data: { title } });
  await expect.poll(async () => (await reportOf(shop, read))[0]).toBe('database expired-tag');
  expect(warnings).toEqual([expect.stringContaining('not extended')]);
  await client.$disconnect();
});

it('with replicas, nothing is served or stored for as long as they may lag behind a write', async () => {
  const shop = await open({ queryCache: { readReplicas: true, replicaHoldOffMs: 3_000 } });
  const read = () => shop.prisma.book.findMany();
  await read();
  expect(await reportOf(shop, read)).toEqual([HIT]);
  await shop.prisma.book.update({ where: { id: 1 }, data: { title: 'later' } });
  expect(await reportOf(shop, read)).toEqual(['database being-written']);
  expect(await reportOf(shop, read)).toEqual(['database being-written']);
  await expect.poll(() => reportOf(shop, read), { timeout: 15_000 }).toEqual([HIT]);
});

it('is tested with this version of Prisma, on whose internals it relies', () => {
  const { version } = createRequire(import.meta.url)('@prisma/client/package.json');
  expect(version).toBe('7.10.0');
});

it('wrong options are named, all at once', async () => {
  const { cache } = await open();
  expect(() => prismaCache({ cache, ttl: 0, models: { Book: { ttl: -1 } }, replicaHoldOffMs: -5 })).toThrow(
    /ttl must.*models\.Book\.ttl.*replicaHoldOffMs/,
  );
});
