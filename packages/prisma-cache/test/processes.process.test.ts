import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ForkedNode,
  forkNode,
  poll,
  type RedisServer,
  type RedisShare,
  sharedDatabase,
  sleep,
  startRedis,
} from '@tbi/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { methods, WorkerOptions } from './fixtures/worker.ts';
import { createTables, openShop, type Shop } from './support/shop.ts';

/** The default: long enough for a busy machine to ask between a death and the end of its lease. */
const LEASE_MS = 5_000;

let server: RedisServer;
let url: string;
let redis: Pick<RedisShare, 'url' | 'keyPrefix'>;
let shop: Shop;
let workers: ForkedNode[] = [];

beforeAll(async () => {
  server = await startRedis();
  url = await sharedDatabase();
  await createTables(url);
  shop = await openShop(url);
});
afterAll(async () => {
  await shop?.close();
  await server?.stop();
});
beforeEach(async () => {
  redis = { url: server.url, keyPrefix: `t${Math.random()}:` };
  await shop.plain.author.deleteMany();
  await shop.plain.author.create({
    data: { id: 1, name: 'A', books: { create: [1, 2].map((id) => ({ id, isbn: `${id}`, title: 'old' })) } },
  });
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  workers = [];
});

async function start(options: Partial<WorkerOptions> = {}) {
  const worker = await forkNode(new URL('./fixtures/worker.ts', import.meta.url), {
    args: [JSON.stringify({ url, redis, writeLeaseMs: LEASE_MS, ...options })],
  });
  workers.push(worker);
  return {
    ...worker,
    call: <M extends keyof typeof methods>(method: M, ...args: Parameters<(typeof methods)[M]>) =>
      worker.call<Awaited<ReturnType<(typeof methods)[M]>>>(method, ...args),
  };
}

const title = async () => (await shop.plain.book.findUnique({ where: { id: 1 } }))?.title;

describe('a writer that is killed', () => {
  it('between COMMIT and the invalidation leaves nothing old behind when its lease is over', async () => {
    const [reader, writer] = [await start(), await start({ dieAfterCommit: true })];
    expect((await reader.call('title', 1)).title).toBe('old');
    expect((await reader.call('title', 1)).source).toBe('l1');
    await expect(writer.call('rename', 1, 'new')).rejects.toThrow(/ended/);
    expect(await title()).toBe('new');
    // From the moment of its death: the mark stands, so that nobody serves or stores the row.
    const seen = await reader.call('title', 1);
    expect([seen.title, seen.source, seen.reason]).toEqual(['new', 'database', 'being-written']);
    await poll(async () => (await reader.call('title', 1)).source === 'l1', {
      what: 'the row to be cached again',
      timeoutMs: 30_000,
    });
    expect((await reader.call('title', 1)).title).toBe('new');
    const late = await start();
    expect((await late.call('title', 1)).title).toBe('new');
  });

  it('in the middle of a statement: wrapped in a transaction, the statement takes no effect', async () => {
    const [reader, writer] = [await start(), await start({ singleStatements: 'transaction' })];
    await reader.call('title', 1);
    const writing = writer.call('renameSlowly', 1, 'new', 3).catch(() => {});
    await sleep(1_000);
    await writer.kill();
    await writing;
    await untilIdle();
    expect(await title()).toBe('old');
    expect((await reader.call('title', 1)).title).toBe('old');
  });

  it('in the middle of a statement: the database goes on, and until the lease is over nobody keeps the row', async () => {
    const [reader, writer] = [await start(), await start({ writeLeaseMs: 8_000 })];
    await reader.call('title', 1);
    const writing = writer.call('renameSlowly', 1, 'new', 3).catch(() => {});
    await sleep(1_000);
    await writer.kill();
    await writing;
    expect((await reader.call('title', 1)).reason).toBe('being-written');
    await untilIdle();
    const stored = await title();
    expect((await reader.call('title', 1)).title).toBe(stored);
    await poll(async () => (await reader.call('title', 1)).source === 'l1', {
      what: 'the row to be cached again',
      timeoutMs: 30_000,
    });
    expect((await reader.call('title', 1)).title).toBe(stored);
  });
});

/** Until the database executes no statement of the killed process any more. */
const untilIdle = () =>
  poll(
    async () => {
      const [{ busy = 1n } = {}] = await shop.plain.$queryRaw<{ busy: bigint }[]>`
        SELECT COUNT(*) AS busy FROM information_schema.PROCESSLIST WHERE INFO LIKE 'UPDATE Book%'`;
      return Number(busy) === 0;
    },
    { what: 'the statement to end', timeoutMs: 20_000 },
  );

describe('two processes', () => {
  it('a read that overlaps a commit never leaves the old rows behind', async () => {
    const [reader, writer] = [await start(), await start()];
    for (let round = 0; round < 3; round += 1) {
      const slow = reader.call('slowTitles', 1);
      await sleep(400);
      await writer.call('rename', 1, `round ${round}`);
      await slow;
      expect(await reader.call('slowTitles', 1)).toEqual([`round ${round}`]);
      expect(await writer.call('slowTitles', 1)).toEqual([`round ${round}`]);
    }
  });

  it('hear of each other’s writes', async () => {
    const [a, b] = [await start(), await start()];
    for (let round = 0; round < 20; round += 1) {
      const [writer, reader] = round % 2 === 0 ? [a, b] : [b, a];
      await reader.call('titles');
      await writer.call('rename', 1, `round ${round}`);
      await poll(async () => (await reader.call('titles'))[0] === `round ${round}`, {
        what: 'the new title',
        timeoutMs: 2_000,
      });
    }
  });

  it('ask the database once for any number of parallel misses', async () => {
    const [a, b] = [await start(), await start()];
    await Promise.all([a.call('title', 1), b.call('title', 1)]);
    const counts = await Promise.all([a.call('queries', 'titles', 50), b.call('queries', 'titles', 50)]);
    expect(counts[0] + counts[1]).toBe(1);
  });

  it('a write while Redis is away is known when it is back, also if the writer was restarted', async () => {
    const spoolFolder = await mkdtemp(join(tmpdir(), 'tbi-spool-'));
    const options = { spoolFolder };
    const [reader, writer] = [await start(options), await start(options)];
    await reader.call('title', 1);
    await server.kill('SIGSTOP');
    const startedMs = performance.now();
    await writer.call('rename', 1, 'new');
    expect(await title()).toBe('new');
    // Not a bound of the product: that the write did not wait for a Redis that never answers.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    await writer.kill();
    await server.kill('SIGCONT');
    const restarted = await start(options);
    await poll(async () => (await restarted.call('title', 1)).title === 'new', {
      what: 'the restarted writer to see it',
      timeoutMs: 10_000,
    });
    await poll(async () => (await reader.call('title', 1)).title === 'new', {
      what: 'the reader to hear of it',
      timeoutMs: 10_000,
    });
    await rm(spoolFolder, { recursive: true, force: true });
  });
});
