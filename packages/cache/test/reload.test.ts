import { createRedis } from '@tbi/redis';
import { poll, type RedisServer, settingsOf, startRedis } from '@tbi/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cache, createCache, type RedisConnection, redisBackend } from '../src/index.ts';
import { redisKeys } from '../src/redis/keys.ts';
import { latch } from './contract.ts';

const ROUNDS = 5;
const SILENT = { info() {}, warn() {} };
const nothing = async () => {};

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** Gives what one HSCAN found in two answers, the tags first, as Redis may; something may happen between them. */
function scanningTwice(connection: RedisConnection, between: () => Promise<void>): RedisConnection {
  const isTag = (name: string) => name.startsWith('t:');
  return Object.create(connection, {
    command: {
      async value(...[name, args, options]: Parameters<RedisConnection['command']>) {
        if (name !== 'HSCAN') return connection.command(name, args, options);
        const isFirst = args[1] === '0';
        if (!isFirst) await between();
        const [, fields] = (await connection.command(name, [args[0] ?? '', '0'], options)) as [
          Buffer,
          Buffer[],
        ];
        const found = fields.flatMap((field, i) =>
          i % 2 === 0 && isTag(String(field)) === isFirst ? [field, fields[i + 1]] : [],
        );
        return [Buffer.from(isFirst ? '1' : '0'), found];
      },
    },
  });
}

/** Sends what it is asked to when it may. */
function gated(connection: RedisConnection, gate: () => Promise<void>): RedisConnection {
  return Object.create(connection, {
    command: {
      async value(...call: Parameters<RedisConnection['command']>) {
        await gate();
        return connection.command(...call);
      },
    },
  });
}

interface Wishes {
  readonly between?: () => Promise<void>;
  readonly beforeLog?: () => Promise<void>;
}

function open(keyPrefix: string, { between = nothing, beforeLog = nothing }: Wishes = {}) {
  const pool = createRedis(settingsOf(server), { name: 'test', log: SILENT });
  const connections = { data: scanningTwice(pool.data, between), log: gated(pool.log, beforeLog) };
  const cache = createCache({ backend: redisBackend({ connections, keyPrefix }) });
  return {
    cache,
    async close() {
      await cache.close();
      await pool.close();
    },
  };
}

const reloads = (cache: Cache) =>
  new Promise<void>((resolve) => {
    const stop = cache.events.subscribe(({ type }) => {
      if (type !== 'reload') return;
      stop();
      resolve();
    });
  });

it('a write that ends while the states are read anew is not missed when the log is lost then, too', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const keyPrefix = `reload-${round}:`;
    const keys = redisKeys(keyPrefix);
    let between = nothing;
    let gate: ReturnType<typeof latch> | null = null;
    let isWaiting = false;
    async function beforeLog() {
      isWaiting = gate !== null;
      await gate?.opened;
    }
    const writer = open(keyPrefix);
    const reader = open(keyPrefix, { between: () => between(), beforeLog });
    for (const { cache } of [writer, reader]) await poll(() => cache.sync());
    const { cache } = reader;
    await cache.set('page', 'k', Buffer.from('old'), { stamp: cache.stamp(), tags: ['t'] });

    // Behind the reader's back one record comes and goes: the next one shows the gap.
    gate = latch();
    await poll(() => isWaiting, { what: 'the reader to have read everything' });
    await writer.cache.invalidate(['other']);
    const lease = await writer.cache.beginWrite(['t']);
    await server.command('XTRIM', keys.log, 'MAXLEN', '1');
    between = async () => {
      between = nothing;
      await lease.commit();
      await server.command('DEL', keys.log);
    };
    const reloaded = reloads(cache);
    gate.open();
    await reloaded;
    await poll(() => cache.stats().synced, { intervalMs: 5 });
    expect((await cache.get('page', 'k')).reason).toBe('expired-tag');
    await Promise.all([writer.close(), reader.close()]);
  }
});
