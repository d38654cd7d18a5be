import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { sharedDatabase } from '@tbi/testing';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { PrismaClient } from '../generated/mysql/client.ts';
import { type PrismaCacheOptions, prismaCache } from '../src/index.ts';
import { createTables } from './support/shop.ts';

let url: string;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await sharedDatabase();
  await createTables(url);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing) await close();
  closing = [];
});

/** A client, what its writes begin with, and what its database is sent besides reads. */
async function open(options: Partial<PrismaCacheOptions>, wrap = (adapter: SqlDriverAdapter) => adapter) {
  const cache: Cache = createCache({ backend: memoryBackend() });
  const begun: string[][] = [];
  const { beginWrite } = cache;
  cache.beginWrite = (tags) => {
    begun.push([...tags].sort());
    return beginWrite.call(cache, tags);
  };
  const queryCache = prismaCache({ cache, warn: () => {}, ...options });
  const mariadb = new PrismaMariaDb(url);
  const factory: SqlDriverAdapterFactory = {
    provider: 'mysql',
    adapterName: 'test',
    connect: async () => wrap(await mariadb.connect()),
  };
  const client = new PrismaClient({ adapter: queryCache.adapter(factory) });
  closing.push(() => client.$disconnect(), cache.close);
  return { client: client.$extends(queryCache.extension), begun };
}

it('a statement that stands alone can be given a transaction of its own, announced before its COMMIT', async () => {
  const steps: string[] = [];
  const { client, begun } = await open({ singleStatements: 'transaction' }, (adapter) => {
    const { startTransaction } = adapter;
    adapter.startTransaction = async () => {
      steps.push('begin');
      const transaction = await startTransaction.call(adapter);
      const { commit, executeRaw } = transaction;
      transaction.executeRaw = (query) => {
        steps.push(`execute, ${begun.length} announced`);
        return executeRaw.call(transaction, query);
      };
      transaction.commit = () => {
        steps.push(`commit, ${begun.length} announced`);
        return commit.call(transaction);
      };
      return transaction;
    };
    return adapter;
  });
  await client.$executeRaw`INSERT INTO Genre (name) VALUES ('x')`;
  expect(steps).toEqual(['begin', 'execute, 0 announced', 'commit, 1 announced']);
  expect(await client.genre.count()).toBe(1);
  // Nothing was changed, so there is nothing to announce.
  await client.$executeRaw`UPDATE Genre SET name = 'y' WHERE id = 0`;
  expect(begun).toHaveLength(1);
  await expect(client.$executeRaw`INSERT INTO Genre (nothing) VALUES (1)`).rejects.toThrow();
  expect(await client.genre.count()).toBe(1);
});

it('while the foreign keys are not known, an update expires everything; they are asked for again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let refuse = true;
  const { client, begun } = await open({}, (adapter) => {
    const { queryRaw } = adapter;
    adapter.queryRaw = (query) =>
      refuse && query.sql.includes('information_schema')
        ? Promise.reject(new Error('denied'))
        : queryRaw.call(adapter, query);
    return adapter;
  });
  const update = () => client.$executeRaw`UPDATE Genre SET name = 'y' WHERE id = ${1}`;
  await update();
  expect(begun.at(-1)).toContain('db:*');
  refuse = false;
  await update();
  expect(begun.at(-1)).toContain('db:*');
  vi.advanceTimersByTime(60_000);
  await update();
  expect(begun.at(-1)).toEqual(['db:Genre', 'db:Genre#1']);
});

it('tables that change through triggers are announced with those that are written, whatever the column', async () => {
  const { client, begun } = await open({
    models: { Book: { untracked: ['views'], alsoWrites: ['Audit'] } },
    onUnknownSql: () => ['Page'],
  });
  const audit = ['db:audit', 'db:audit:added', 'db:audit:rows'];
  await client.$executeRaw`UPDATE Book SET views = views + 1`;
  expect(begun.at(-1)).toEqual(audit);
  await client.$executeRaw`UPDATE Book SET title = 'x' WHERE id IN (1, 2)`;
  expect(begun.at(-1)).toEqual(['db:Book', 'db:Book#1', 'db:Book#2', ...audit]);
  await client.$executeRawUnsafe('DO (SELECT 1)');
  expect(begun.at(-1)).toEqual(['db:Page', 'db:Page:added', 'db:Page:rows']);
});
