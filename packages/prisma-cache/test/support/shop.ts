import { readFileSync } from 'node:fs';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils';
import { type Cache, type CacheOptions, createCache, memoryBackend, redisBackend } from '@tbi/cache';
import { createRedis } from '@tbi/redis';
import { poll, type RedisShare, settingsOf } from '@tbi/testing';
import { PrismaClient } from '../../generated/mysql/client.ts';
import { type PrismaCacheOptions, prismaCache } from '../../src/index.ts';

const SILENT = { info() {}, warn() {} };

export interface ShopOptions {
  /** Default: in memory. */
  readonly redis?: Pick<RedisShare, 'url' | 'keyPrefix'>;
  readonly cache?: Partial<CacheOptions>;
  readonly queryCache?: Partial<PrismaCacheOptions>;
}

/** Creates the tables of `fixtures/schema.prisma` in an empty database. */
export async function createTables(url: string): Promise<void> {
  const adapter = await new PrismaMariaDb(url).connect();
  const sql = readFileSync(new URL('../fixtures/schema.sql', import.meta.url), 'utf8');
  for (const statement of sql.split(';').filter((text) => text.trim() !== '')) {
    await adapter.executeRaw({ sql: statement, args: [], argTypes: [] });
  }
  await adapter.dispose();
}

/** Executes what neither MySQL takes as a prepared statement. */
export async function define(url: string, sql: string): Promise<void> {
  const adapter = await new PrismaMariaDb(url, { useTextProtocol: true }).connect();
  await adapter.executeRaw({ sql, args: [], argTypes: [] });
  await adapter.dispose();
}

/** Whether the server is MariaDB, which has RETURNING and SET STATEMENT, and not MySQL. */
export async function isMariadb({ plain }: Pick<Shop, 'plain'>): Promise<boolean> {
  const [row] = await plain.$queryRaw<{ version: string }[]>`SELECT VERSION() AS version`;
  return row?.version.includes('MariaDB') ?? false;
}

/** A process's worth of a shop: a cache, a client whose reads are cached, and one beside it that knows of no cache. */
export async function openShop(url: string, { redis, ...options }: ShopOptions = {}) {
  const opened = openCache(redis, options.cache);
  const { cache } = opened;
  if (redis !== undefined) await poll(() => cache.sync(), { what: 'the cache to be in sync' });
  const sent: string[] = [];
  const warnings: string[] = [];
  const queryCache = prismaCache({ cache, warn: (message) => warnings.push(message), ...options.queryCache });
  const adapter = queryCache.adapter(recording(new PrismaMariaDb(url), sent));
  const uncached = new PrismaClient({ adapter });
  const prisma = uncached.$extends(queryCache.extension);
  const plain = new PrismaClient({ adapter: new PrismaMariaDb(url) });
  return {
    cache,
    queryCache,
    prisma,
    plain,
    /** What arrives at the database, in order. */
    sent,
    warnings,
    /** How many reads of tables arrive at the database meanwhile. */
    async readsOf(run: () => PromiseLike<unknown>): Promise<number> {
      const before = sent.length;
      await run();
      return sent.slice(before).filter((sql) => /^\s*SELECT/i.test(sql) && !/information_schema/i.test(sql))
        .length;
    },
    async close() {
      await Promise.all([uncached.$disconnect(), plain.$disconnect()]);
      await opened.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

function openCache(
  redis: Pick<RedisShare, 'url' | 'keyPrefix'> | undefined,
  options: Partial<CacheOptions> = {},
) {
  if (redis === undefined) {
    const cache: Cache = createCache({ ...options, backend: memoryBackend() });
    return { cache, close: () => cache.close() };
  }
  const pool = createRedis({ ...settingsOf(redis), commandTimeoutMs: 500 }, { name: 'test', log: SILENT });
  const cache: Cache = createCache({
    ...options,
    backend: redisBackend({ connections: pool, keyPrefix: redis.keyPrefix }),
  });
  return {
    cache,
    async close() {
      await cache.close();
      await pool.close();
    },
  };
}

/** Below the cache: every statement and every end of a transaction. */
function recording(factory: SqlDriverAdapterFactory, sent: string[]): SqlDriverAdapterFactory {
  const recorded = <T extends SqlQueryable>(on: T): T => {
    const { queryRaw, executeRaw } = on;
    on.queryRaw = (query) => {
      sent.push(query.sql);
      return queryRaw.call(on, query);
    };
    on.executeRaw = (query) => {
      sent.push(query.sql);
      return executeRaw.call(on, query);
    };
    return on;
  };
  const connected = (adapter: SqlDriverAdapter) => {
    const { startTransaction } = adapter;
    adapter.startTransaction = async (level) => recorded(await startTransaction.call(adapter, level));
    return recorded(adapter);
  };
  return {
    ...factory,
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => connected(await factory.connect()),
  };
}
