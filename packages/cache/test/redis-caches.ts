import { createRedis } from '@tbi/redis';
import { poll, type RedisServer } from '@tbi/testing';
import {
  type Cache,
  type CacheOptions,
  createCache,
  type RedisBackendOptions,
  type RedisConnection,
  redisBackend,
} from '../src/index.ts';
import { redisKeys } from '../src/redis/keys.ts';

interface Opened {
  readonly cache: Cache;
  readonly commands: string[];
  logPaused: boolean;
  close(): Promise<void>;
}

const SILENT = { info() {}, warn() {}, error() {} };

/** Caches on one Redis, each with connections of its own, as separate processes have them. */
export function createCaches(server: () => RedisServer) {
  let prefixes = 0;
  let prefix = 'test-0:';
  let opened: Opened[] = [];

  const find = (cache: Cache) => {
    const found = opened.find((each) => each.cache === cache);
    if (found === undefined) throw new Error('not one of ours');
    return found;
  };

  async function open(
    options: Partial<RedisBackendOptions> = {},
    cacheOptions: Partial<CacheOptions> = {},
  ): Promise<Cache> {
    const commands: string[] = [];
    const pool = createRedis(
      { mode: 'standalone', host: '127.0.0.1', port: server().port, db: 0, commandTimeoutMs: 500 },
      { name: 'test', log: SILENT },
    );
    const self: Opened = {
      cache: createCache({
        ...cacheOptions,
        backend: redisBackend({
          keyPrefix: prefix,
          ...options,
          connections: {
            data: recording(pool.data, commands),
            log: pausable(pool.log, () => self.logPaused),
          },
        }),
      }),
      commands,
      logPaused: false,
      async close() {
        await self.cache.close();
        await pool.close();
      },
    };
    opened.push(self);
    await poll(() => self.cache.sync(), { what: 'the cache to be in sync' });
    return self.cache;
  }

  return {
    open,
    openTwo: async (options: Partial<RedisBackendOptions> = {}): Promise<[Cache, Cache]> => [
      await open(options),
      await open(options),
    ],
    keys: () => redisKeys(prefix),
    /** The log connection gets no more answers, as when it is cut off while the data connection is well. */
    pauseLog(cache: Cache) {
      find(cache).logPaused = true;
    },
    resumeLog(cache: Cache) {
      find(cache).logPaused = false;
    },
    /** What the data connection sent while `run` ran. */
    async commandsOf(cache: Cache, run: () => Promise<unknown>): Promise<string[]> {
      const { commands } = find(cache);
      const before = commands.length;
      await run();
      return commands.slice(before);
    },
    async closeAll() {
      await Promise.all(opened.map((each) => each.close()));
      opened = [];
      prefixes += 1;
      prefix = `test-${prefixes}:`;
    },
  };
}

function recording(connection: RedisConnection, commands: string[]): RedisConnection {
  return Object.create(connection, {
    command: {
      value: (...call: Parameters<RedisConnection['command']>) => {
        commands.push(call[0]);
        return connection.command(...call);
      },
    },
    script: {
      value: (...call: Parameters<RedisConnection['script']>) => {
        commands.push(`EVALSHA ${call[0].name}`);
        return connection.script(...call);
      },
    },
  });
}

function pausable(connection: RedisConnection, isPaused: () => boolean): RedisConnection {
  const cutOff = () => Promise.reject(Object.assign(new Error('cut off'), { code: 'ERR_REDIS_DEADLINE' }));
  return Object.create(connection, {
    command: {
      value: async (...call: Parameters<RedisConnection['command']>) => {
        const reply = isPaused() ? cutOff() : await connection.command(...call);
        return isPaused() ? cutOff() : reply;
      },
    },
    script: {
      value: (...call: Parameters<RedisConnection['script']>) =>
        isPaused() ? cutOff() : connection.script(...call),
    },
  });
}
