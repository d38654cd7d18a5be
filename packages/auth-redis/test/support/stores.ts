import { createRedis, type RedisConnection, type RedisPool, type RedisSettings } from '@tbi/redis';
import { settingsOf as clientSettings, poll, sharedRedis, trustOf } from '@tbi/testing';
import { Redis } from 'ioredis';
import { type AuthRedisOptions, createSessionControl, RedisAdapter } from '../../src/index.ts';

const SILENT = { info() {}, warn() {} };
const opened: (() => Promise<void> | void)[] = [];

export function settingsOf(url: string, commandTimeoutMs = 5_000): RedisSettings {
  return { ...clientSettings({ url }), commandTimeoutMs };
}

/** A connection; `closeAll` ends it. */
export function connect(settings: RedisSettings): RedisConnection {
  const pool: RedisPool = createRedis(settings, { name: 'test', log: SILENT });
  opened.push(() => pool.close());
  return pool.data;
}

export interface Store {
  readonly redis: RedisConnection;
  readonly adapter: ReturnType<typeof RedisAdapter>;
  readonly control: ReturnType<typeof createSessionControl>;
  readonly options: AuthRedisOptions;
  readonly url: string;
  /** Everything that Redis holds for this store: names, values, remaining life in ms. */
  dump(): Promise<{ readonly key: string; readonly text: string; readonly ttlMs: number }[]>;
}

let stores = 0;

/** A store of its own on the run's Redis. */
export async function openStore(options: AuthRedisOptions = {}): Promise<Store> {
  const share = await sharedRedis();
  stores += 1;
  return storeAt(
    share.sessionsUrl,
    { ...options, keyPrefix: `${share.keyPrefix}${stores}:` },
    share.adminUrl,
  );
}

/** @param adminUrl By which a dump reads everything. */
export function storeAt(url: string, options: AuthRedisOptions, adminUrl = url): Store {
  const redis = connect(settingsOf(url));
  return {
    redis,
    url,
    options,
    adapter: RedisAdapter(redis, options),
    control: createSessionControl(redis, options),
    dump: () => dump(adminUrl, options.keyPrefix ?? ''),
  };
}

export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close()));
}

async function dump(url: string, keyPrefix: string) {
  const client = new Redis(url, trustOf(url));
  try {
    const found: { key: string; text: string; ttlMs: number }[] = [];
    for await (const keys of client.scanStream({ match: `${keyPrefix}*`, count: 1000 })) {
      for (const key of keys as string[]) {
        found.push({ key, text: await textOf(client, key), ttlMs: await client.pttl(key) });
      }
    }
    return found;
  } finally {
    client.disconnect();
  }
}

async function textOf(client: Redis, key: string): Promise<string> {
  switch (await client.type(key)) {
    case 'hash':
      return JSON.stringify(await client.hgetall(key));
    case 'zset':
      return JSON.stringify(await client.zrange(key, '0', '-1'));
    case 'set':
      return JSON.stringify(await client.smembers(key));
    default:
      return (await client.get(key)) ?? '';
  }
}

export const inMs = (ms: number) => new Date(Date.now() + ms);
export const DAY_MS = 86_400_000;

let people = 0;
export async function newUser({ adapter }: Pick<Store, 'adapter'>, more: object = {}) {
  people += 1;
  return adapter.createUser({ email: `person-${people}@example.com`, emailVerified: null, ...more });
}

/** A passkey. */
export const authenticatorOf = (userId: string) => ({
  credentialID: 'c',
  userId,
  providerAccountId: 'c',
  credentialPublicKey: 'pk',
  counter: 0,
  credentialDeviceType: 'singleDevice',
  credentialBackedUp: false,
});

let tokens = 0;
export async function signIn({ adapter }: Pick<Store, 'adapter'>, userId: string): Promise<string> {
  tokens += 1;
  const sessionToken = `token-${tokens}-${crypto.randomUUID()}`;
  await adapter.createSession({ sessionToken, userId, expires: inMs(30 * DAY_MS) });
  return sessionToken;
}

export const isIn = async ({ adapter }: Pick<Store, 'adapter'>, token: string) =>
  (await adapter.getSessionAndUser(token)) !== null;

/** The code of what a promise must reject with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
}

/** Until a server answers again and the store's connection has noticed. */
export const untilBack = (store: Store) =>
  poll(async () => (await store.redis.command('PING', []).catch(() => null)) !== null, { timeoutMs: 15_000 });
