import { createRedis } from '@tbi/redis';
import { poll, type RedisServer, settingsOf, sleep } from '@tbi/testing';
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
  /** Connections that get no answers. */
  cut: 'none' | 'log' | 'all';
  /** How much later than they come the answers to appends are given, in ms. */
  slowAppendsMs: number;
  close(): Promise<void>;
}

const SILENT = { info() {}, warn() {}, error() {} };
type Options = [backend?: Partial<RedisBackendOptions>, cache?: Partial<CacheOptions>];

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

  function openUnready(...[backendOptions, cacheOptions]: Options): Cache {
    const commands: string[] = [];
    const pool = createRedis(
      { ...settingsOf(server()), commandTimeoutMs: 500 },
      { name: 'test', log: SILENT },
    );
    const backend = redisBackend({
      keyPrefix: prefix,
      ...backendOptions,
      connections: {
        data: severable(
          slowed(recording(pool.data, commands), () => self.slowAppendsMs),
          () => self.cut === 'all',
        ),
        log: severable(pool.log, () => self.cut !== 'none'),
      },
    });
    const self: Opened = {
      cache: createCache({ ...cacheOptions, backend }),
      commands,
      cut: 'none',
      slowAppendsMs: 0,
      async close() {
        await self.cache.close();
        await pool.close();
      },
    };
    opened.push(self);
    return self.cache;
  }

  async function open(...options: Options): Promise<Cache> {
    const cache = openUnready(...options);
    await poll(() => cache.sync(), { what: 'the cache to be in sync' });
    return cache;
  }

  async function close(cache: Cache) {
    const closing = find(cache);
    opened = opened.filter((each) => each !== closing);
    await closing.close();
  }

  const cut = (what: Opened['cut']) => (cache: Cache) => {
    find(cache).cut = what;
  };

  return {
    open,
    openTwo: async (...options: Options): Promise<[Cache, Cache]> => [
      await open(...options),
      await open(...options),
    ],
    openUnready,
    close,
    keys: () => redisKeys(prefix),
    /** The log connection gets no more answers, as when it is cut off while the data connection is well. */
    pauseLog: cut('log'),
    /** Neither connection does. */
    cutOff: cut('all'),
    restore: cut('none'),
    /** As in a Cluster, where another node than that of the entries has the log. */
    slowAppends(cache: Cache, ms: number) {
      find(cache).slowAppendsMs = ms;
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

function slowed(connection: RedisConnection, appendsMs: () => number): RedisConnection {
  return Object.create(connection, {
    script: {
      value: async (...call: Parameters<RedisConnection['script']>) => {
        const reply = await connection.script(...call);
        if (call[0].name === 'append' && appendsMs() > 0) await sleep(appendsMs());
        return reply;
      },
    },
  });
}

function severable(connection: RedisConnection, isCut: () => boolean): RedisConnection {
  const unlessCut = async <T>(send: () => Promise<T>): Promise<T> => {
    const reply = isCut() ? undefined : await send();
    if (reply === undefined || isCut()) {
      throw Object.assign(new Error('cut off'), { code: 'ERR_REDIS_DEADLINE' });
    }
    return reply;
  };
  return Object.create(connection, {
    command: {
      value: (...call: Parameters<RedisConnection['command']>) =>
        unlessCut(() => connection.command(...call)),
    },
    script: {
      value: (...call: Parameters<RedisConnection['script']>) => unlessCut(() => connection.script(...call)),
    },
  });
}
