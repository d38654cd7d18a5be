import type { HostPort, RedisUrl } from '../redis-address.ts';
import type { RedisValues } from './redis-variables.ts';

export type RedisTarget =
  | { readonly mode: 'standalone'; readonly host: string; readonly port: number; readonly db: number }
  | { readonly mode: 'sentinel'; readonly sentinels: readonly HostPort[]; readonly name: string }
  | { readonly mode: 'cluster'; readonly nodes: readonly HostPort[] };

/** Where a Redis is and how to reach it: what `@tbi/redis` takes. */
export type RedisAccess = RedisTarget & {
  readonly username?: string;
  readonly password?: string;
  /** Present: speak TLS. `ca` is PEM text; without it the usual authorities are trusted. */
  readonly tls?: { readonly ca?: string };
  /** Deadline of one command, in ms. */
  readonly commandTimeoutMs: number;
};

/** The cache's Redis. */
export type CacheRedisSettings = RedisAccess & {
  /** Begins every key. Undefined: what the app's name gives. */
  readonly keyPrefix: string | undefined;
};

/** The sessions' Redis. */
export type SessionRedisSettings = RedisAccess & {
  /** Begins every key. */
  readonly keyPrefix: string;
};

/** The cache's Redis, in whichever of the three ways it is named. Null: in none. */
export function cacheSettings(values: RedisValues): CacheRedisSettings | null {
  const access = cacheAccess(values);
  return access && { ...access, keyPrefix: values.REDIS_KEY_PREFIX };
}

function cacheAccess(values: RedisValues): RedisAccess | null {
  const { REDIS_URL, REDIS_SENTINELS, REDIS_SENTINEL_NAME, REDIS_CLUSTER_NODES } = values;
  const { REDIS_USERNAME, REDIS_PASSWORD } = values;
  if (REDIS_URL) {
    const username = REDIS_URL.username ?? REDIS_USERNAME;
    return fromUrl(values, { ...REDIS_URL, username }, REDIS_PASSWORD);
  }
  if (REDIS_SENTINELS && REDIS_SENTINEL_NAME) {
    const target = { mode: 'sentinel', sentinels: REDIS_SENTINELS.hosts, name: REDIS_SENTINEL_NAME } as const;
    return { ...target, ...access(values, REDIS_SENTINELS.tls, REDIS_USERNAME, REDIS_PASSWORD) };
  }
  if (REDIS_CLUSTER_NODES) {
    const target = { mode: 'cluster', nodes: REDIS_CLUSTER_NODES.hosts } as const;
    return { ...target, ...access(values, REDIS_CLUSTER_NODES.tls, REDIS_USERNAME, REDIS_PASSWORD) };
  }
  return null;
}

/** The sessions' Redis: one of their own, to which the cache's password is never sent, or the cache's. */
export function sessionSettings(
  values: RedisValues,
  redis: CacheRedisSettings | null,
): SessionRedisSettings | null {
  const { REDIS_SESSIONS_URL, REDIS_SESSIONS_PASSWORD } = values;
  const access = REDIS_SESSIONS_URL ? fromUrl(values, REDIS_SESSIONS_URL, REDIS_SESSIONS_PASSWORD) : redis;
  return access && { ...access, keyPrefix: values.REDIS_SESSIONS_PREFIX };
}

function fromUrl(
  values: RedisValues,
  { host, port, db, tls, username, password }: RedisUrl,
  passwordBesideUrl: string | undefined,
): RedisAccess {
  const target = { mode: 'standalone', host, port, db } as const;
  return { ...target, ...access(values, tls, username, password ?? passwordBesideUrl) };
}

function access(
  { REDIS_TLS_CA: ca, REDIS_COMMAND_TIMEOUT_MS: commandTimeoutMs }: RedisValues,
  tls: boolean,
  username: string | undefined,
  password: string | undefined,
) {
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: ca === undefined ? {} : { ca } } : {}),
    commandTimeoutMs,
  };
}
