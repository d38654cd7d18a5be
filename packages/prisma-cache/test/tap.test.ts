import { randomUUID } from 'node:crypto';
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { poll, sharedDatabase, sleep } from '@tbi/testing';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Prisma, PrismaClient } from '../generated/mysql/client.ts';
import { type PrismaCacheOptions, prismaCache } from '../src/index.ts';
import { createTables, define } from './support/shop.ts';

let url: string;
let closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  url = await sharedDatabase();
  await createTables(url);
  await define(url, "CREATE PROCEDURE fails() INSERT INTO Genre (id, name) VALUES (201, 'x'), (201, 'x')");
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing) await close();
  closing = [];
});

/** A client, what its writes begin with, and how they end. */
async function open(
  options: Partial<PrismaCacheOptions>,
  wrap = (adapter: SqlDriverAdapter) => adapter,
  { slowBeginMs = 0, slowCommitMs = 0 } = {},
) {
  const cache: Cache = createCache({ backend: memoryBackend() });
  const begun: string[][] = [];
  const ended: string[] = [];
  const { beginWrite } = cache;
  cache.beginWrite = async (tags) => {
    begun.push([...tags].sort());
    if (slowBeginMs > 0) await sleep(slowBeginMs);
    const lease = await beginWrite.call(cache, tags);
    return {
      ...lease,
      commit: async () => {
        ended.push('commit');
        if (slowCommitMs > 0) await sleep(slowCommitMs);
        return lease.commit();
      },
      abort() {
        ended.push('abort');
        return lease.abort();
      },
    };
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
  return { client: client.$extends(queryCache.extension), cache, begun, ended };
}

it('a statement that stands alone can be given a transaction of its own, announced before its COMMIT', async () => {
  const steps: string[] = [];
  const { client, begun, ended } = await open({ singleStatements: 'transaction' }, (adapter) => {
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
  // Nothing was changed, so nothing expires.
  await client.$executeRaw`UPDATE Genre SET name = 'y' WHERE id = 0`;
  await poll(() => ended.length === 2);
  expect(ended).toEqual(['commit', 'abort']);
  await expect(client.$executeRaw`INSERT INTO Genre (nothing) VALUES (1)`).rejects.toThrow();
  expect(await client.genre.count()).toBe(1);
});

describe('a transaction', () => {
  const rename = (on: Pick<Prisma.TransactionClient, '$executeRaw'>, id: number, name = randomUUID()) =>
    on.$executeRaw`UPDATE Genre SET name = ${name} WHERE id = ${id}`;

  beforeAll(async () => {
    const { client } = await open({});
    await client.genre.createMany({ data: [101, 102].map((id) => ({ id, name: 'new' })) });
  });

  it('is announced while its first write is executed, which does not wait for it', async () => {
    const { client, begun, ended } = await open({}, undefined, { slowBeginMs: 1_500 });
    const startedMs = performance.now();
    let writtenMs = 0;
    await client.$transaction(async (tx) => {
      await rename(tx, 101);
      writtenMs = performance.now() - startedMs;
      expect(begun).toEqual([['db:Genre', 'db:Genre#101']]);
    });
    expect(writtenMs).toBeLessThan(1_000);
    expect(performance.now() - startedMs).toBeGreaterThan(1_490);
    expect(begun.length - ended.filter((how) => how === 'abort').length).toBe(1);
    expect(ended.at(-1)).toBe('commit');
  });

  it('that takes its time withdraws its announcement, and makes it again before COMMIT', async () => {
    const { client, begun, ended } = await open({});
    await client.$transaction(async (tx) => {
      await rename(tx, 101);
      await poll(() => ended.length === 1);
      expect(ended).toEqual(['abort']);
      await rename(tx, 101);
      expect(begun).toHaveLength(1);
    });
    expect(begun).toHaveLength(2);
    expect(ended).toEqual(['abort', 'commit']);
  });

  it('that writes more is announced with what is missing', async () => {
    const { client, begun, ended } = await open({});
    await client.$transaction([rename(client, 101), rename(client, 102)]);
    expect(begun).toEqual([['db:Genre', 'db:Genre#101'], ['db:Genre#102']]);
    expect(ended).toEqual(['commit', 'commit']);
  });

  it('that is rolled back expires nothing', async () => {
    const { client, begun, ended } = await open({});
    const failing = client.$transaction(async (tx) => {
      await rename(tx, 101);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await poll(() => ended.length === 1);
    expect(begun).toHaveLength(1);
    expect(ended).toEqual(['abort']);
  });
});

describe('a transaction that the database may have ended with an error', () => {
  /** The statement that contains FAIL fails with this cause. */
  const failing = (cause: object) => (adapter: SqlDriverAdapter) => {
    const { startTransaction } = adapter;
    adapter.startTransaction = async () => {
      const transaction = await startTransaction.call(adapter);
      const { executeRaw, queryRaw } = transaction;
      const fails = (sql: string) =>
        sql.includes('FAIL') && Promise.reject(Object.assign(new Error('failed'), { cause }));
      transaction.executeRaw = (query) => fails(query.sql) || executeRaw.call(transaction, query);
      transaction.queryRaw = (query) => fails(query.sql) || queryRaw.call(transaction, query);
      return transaction;
    };
    return adapter;
  };

  /** What is announced before COMMIT when another statement has failed, and how that ends. */
  async function announcedAfter(cause: object, sql: string) {
    const { client, begun, ended } = await open({}, failing(cause));
    let announced: string[][] = [];
    const running = client.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE Genre SET name = 'x' WHERE id = 101`;
      await expect(tx.$queryRawUnsafe(sql)).rejects.toThrow();
      await poll(() => ended.length === 1);
      await tx.$executeRaw`UPDATE Code SET value = 2`;
      announced = begun.slice(1);
      throw new Error('too late');
    });
    await expect(running).rejects.toThrow('too late');
    return announced.map((tags, at) => [tags, ended[at + 1]]);
  }

  it.each([
    ['a deadlock', { kind: 'TransactionWriteConflict' }, 'DELETE FROM Code /* FAIL */'],
    ['a deadlock of a read', { kind: 'TransactionWriteConflict' }, "SELECT 'FAIL' FOR UPDATE"],
    [
      'a lock that it waited for in vain',
      { kind: 'mysql', code: 1205, state: 'HY000' },
      'DELETE FROM Code /* FAIL */',
    ],
    ['a conflict in a cluster', { kind: 'mysql', code: 3101, state: '40000' }, 'DELETE FROM Code /* FAIL */'],
    ['a full disk', { kind: 'sqlite', extendedCode: 13 }, 'DELETE FROM Code /* FAIL */'],
  ])('is announced statement by statement after %s', async (_name, cause, sql) => {
    expect(await announcedAfter(cause, sql)).toEqual([[['db:Code', 'db:Code:rows'], 'commit']]);
  });

  it.each([
    ['a duplicate', { kind: 'UniqueConstraintViolation' }],
    ['a wrong value', { kind: 'mysql', code: 1366, state: 'HY000' }],
    ['a check of SQLite', { kind: 'sqlite', extendedCode: 275 }],
  ])('waits for its COMMIT after %s, which ends the statement alone', async (_name, cause) => {
    expect(await announcedAfter(cause, 'DELETE FROM Code /* FAIL */')).toEqual([]);
  });
});

it('a write does not wait until its end is recorded, but its own process serves nothing old meanwhile', async () => {
  const { client, ended } = await open({}, undefined, { slowCommitMs: 5_000 });
  const read = () => client.genre.findFirst({ orderBy: { id: 'asc' } });
  const before = await read();
  const startedMs = performance.now();
  await client.genre.updateMany({ data: { name: `not ${before?.name}` } });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(ended).toEqual(['commit']);
  expect(await read()).toEqual({ ...before, name: `not ${before?.name}` });
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

it.each([
  ['a write', "INSERT INTO Genre (id, name) VALUES (201, 'x'), (201, 'x')", 'abort'],
  ['a procedure', 'CALL fails()', 'commit'],
  ['one that commits', 'TRUNCATE TABLE Missing', 'commit'],
])(
  'what the database refused is taken for undone where it cannot have done a part of it: %s',
  async (_name, sql, how) => {
    const { client, ended } = await open({});
    await expect(client.$executeRawUnsafe(sql)).rejects.toThrow();
    await poll(() => ended.length === 1);
    expect(ended).toEqual([how]);
  },
);

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
