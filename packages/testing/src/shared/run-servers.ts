import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { createDatabase, dropDatabase } from '../mariadb/databases.ts';
import { startMariadb } from '../mariadb/start-mariadb.ts';
import { variablesOf } from '../redis/redis-url.ts';
import { startRedis } from '../redis/start-redis.ts';
import { givenServers } from './environment.ts';

/** A part of the run's Redis that belongs to one test file. */
export interface RedisShare {
  readonly url: string;
  /** The same server with the rights that sessions have. */
  readonly sessionsUrl: string;
  readonly adminUrl: string;
  /** For a site that has its cache and its sessions here. */
  readonly variables: Readonly<Record<string, string>>;
  /** Begins every key of the test; no other test has it. */
  readonly keyPrefix: string;
}

/** One Redis and one MariaDB for a whole run, each started when it is first asked for. */
export interface RunServers {
  shareRedis(): Promise<RedisShare>;
  /** The URL of an empty database of the caller's own. */
  createDatabase(): Promise<string>;
  /** Ends what was started; of given servers, removes what the run has left behind. */
  stop(): Promise<void>;
}

export function createRunServers(): RunServers {
  const given = givenServers();
  const runPrefix = `tbi-test-${randomBytes(4).toString('hex')}`;
  const databases: string[] = [];
  let shares = 0;
  const redis = once(async () => (given.redisUrl === undefined ? startRedis() : borrow(given.redisUrl)));
  const mariadb = once(async () =>
    given.databaseUrl === undefined ? startMariadb() : borrow(given.databaseUrl),
  );

  return {
    async shareRedis() {
      const { url, sessionsUrl = url, adminUrl = url } = await redis.get();
      const variables = variablesOf({ url, sessionsUrl });
      return { url, sessionsUrl, adminUrl, variables, keyPrefix: `${runPrefix}:${++shares}:` };
    },
    async createDatabase() {
      const { url } = await mariadb.get();
      const name = `${runPrefix.replaceAll('-', '_')}_${databases.length + 1}`;
      databases.push(name);
      return createDatabase(url, name);
    },
    async stop() {
      if (given.redisUrl !== undefined && shares > 0) await deleteKeys(given.redisUrl, `${runPrefix}:`);
      if (given.databaseUrl !== undefined) {
        for (const name of databases) await dropDatabase(given.databaseUrl, name);
      }
      await Promise.all([redis.stop(), mariadb.stop()]);
    },
  };
}

interface Stoppable {
  readonly url: string;
  readonly sessionsUrl?: string;
  readonly adminUrl?: string;
  stop(): Promise<void>;
}

function borrow(url: string): Stoppable {
  return { url, stop: async () => {} };
}

function once(start: () => Promise<Stoppable>) {
  let started: Promise<Stoppable> | undefined;
  return {
    get() {
      started ??= start();
      return started;
    },
    async stop() {
      const server = await started?.catch(() => undefined);
      await server?.stop();
    },
  };
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => {
    // The commands below reject with it.
  });
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1000 })) {
      if (Array.isArray(keys) && keys.length > 0) await client.unlink(...keys);
    }
  } finally {
    client.disconnect();
  }
}
