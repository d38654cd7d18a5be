import type { RedisServer } from './start-redis.ts';

/** How to reach servers that belong together, as one of them lets clients in. */
export interface GroupAccess {
  /** The part of what `@tbi/redis` takes that is not addresses. */
  readonly settings: {
    readonly username?: string;
    readonly password?: string;
    readonly tls?: { readonly ca: string };
  };
  /** The variables that say the same; `cleanEnv` adds the authority. */
  readonly variables: Readonly<Record<string, string>>;
}

export function accessTo({ username, password, tlsCa }: RedisServer): GroupAccess {
  return {
    settings: {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tlsCa === undefined ? {} : { tls: { ca: tlsCa } }),
    },
    variables: {
      ...(username === undefined ? {} : { REDIS_USERNAME: username }),
      ...(password === undefined ? {} : { REDIS_PASSWORD: password }),
    },
  };
}

/** As `REDIS_SENTINELS` and `REDIS_CLUSTER_NODES` name servers. */
export function listOf(servers: readonly RedisServer[]): string {
  return servers.map(({ port, tlsCa }) => `${tlsCa ? 'rediss://' : ''}127.0.0.1:${port}`).join(',');
}

export const hostsOf = (servers: readonly RedisServer[]) => servers.map(({ host, port }) => ({ host, port }));
