import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { HostPort, RedisSettings } from './settings.ts';

export type Client = Redis | Cluster;

/** How long one step of connecting may take: a TCP and TLS handshake, a question to a sentinel or node. */
export const CONNECT_STEP_MS = 1_000;
/** How long a closing socket may take before it is destroyed. A hung server never closes its side. */
const CLOSE_MS = 100;
const KEEP_ALIVE_MS = 10_000;
const REFRESH_SLOTS_MS = 5_000;
const SENTINEL_RETRY_MS = 5_000;
/**
 * Named always: AUTH with a user is taken where no password is set. Without one it is an error there, which the client
 * writes to the console; `verifyConnection` finds that case out.
 */
const DEFAULT_USER = 'default';

/**
 * A client that connects once, when it is told to, and ends with its connection. Connecting again takes a new client:
 * nothing that was sent on a lost connection is ever sent again, and none of the client's timers outlives it.
 *
 * @param attempt Rotates the sentinels, because the first may be the one that is cut off.
 */
export function createClient(settings: RedisSettings, connectionName: string, attempt: number): Client {
  const { password, tls } = settings;
  const common = commonOptions(settings, settings.username ?? DEFAULT_USER, connectionName);
  const once = { ...common, retryStrategy: null, enableOfflineQueue: false };
  switch (settings.mode) {
    case 'standalone':
      return new Redis({ ...once, host: settings.host, port: settings.port, db: settings.db });
    case 'sentinel':
      return new Redis({
        ...once,
        name: settings.name,
        sentinels: rotate(settings.sentinels, attempt),
        ...(password === undefined ? {} : { sentinelUsername: DEFAULT_USER, sentinelPassword: password }),
        ...(tls ? { sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
        sentinelRetryStrategy: () => null,
        sentinelCommandTimeout: CONNECT_STEP_MS,
        updateSentinels: false,
      });
    case 'cluster':
      return mindingAsking(
        new Cluster(rotate(settings.nodes, attempt), {
          lazyConnect: true,
          // It would ask one node, which may hang; `verifyConnection` asks all.
          enableReadyCheck: false,
          enableOfflineQueue: false,
          clusterRetryStrategy: null,
          // A caller waits for its deadline at most; it is better told at once.
          retryDelayOnFailover: 0,
          retryDelayOnClusterDown: 0,
          slotsRefreshTimeout: CONNECT_STEP_MS,
          slotsRefreshInterval: REFRESH_SLOTS_MS,
          redisOptions: common,
        }),
      );
  }
}

/**
 * Before a command for a slot that is on its way to another node, the client sends ASKING there and keeps nothing of the
 * answer. A refusal (a user without that right) or a connection that is lost right then would be a rejection that nobody
 * handles, which ends the process. The command itself fails in either case, and its caller hears of that.
 */
function mindingAsking(cluster: Cluster): Cluster {
  cluster.on('+node', (node: Redis) => {
    const ask = node.asking.bind(node);
    node.asking = () => ask().catch(() => 'OK' as const);
  });
  return cluster;
}

/** A client for one sentinel, which keeps trying to reach it and to restore its subscriptions. */
export function createSentinelClient(
  settings: RedisSettings,
  { host, port }: HostPort,
  connectionName: string,
): Redis {
  const common = commonOptions(settings, DEFAULT_USER, connectionName);
  return new Redis({
    ...common,
    host,
    port,
    maxRetriesPerRequest: null,
    retryStrategy: () => SENTINEL_RETRY_MS,
  });
}

function commonOptions({ password, tls }: RedisSettings, username: string, connectionName: string) {
  return {
    ...(password === undefined ? {} : { username, password }),
    ...(tls ? { tls } : {}),
    connectionName,
    lazyConnect: true,
    // The reply types of RESP3 would only have to be flattened again.
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    connectTimeout: CONNECT_STEP_MS,
    disconnectTimeout: CLOSE_MS,
    keepAlive: KEEP_ALIVE_MS,
  } satisfies RedisOptions;
}

/** The longest that connecting may take in all, in ms: each address may cost one step, and the last one its checks. */
export function connectLimitMs(settings: RedisSettings): number {
  const addresses = settings.mode === 'standalone' ? 1 : startAddresses(settings).length;
  return CONNECT_STEP_MS * (addresses + 1);
}

function startAddresses(settings: Exclude<RedisSettings, { mode: 'standalone' }>): readonly HostPort[] {
  return settings.mode === 'sentinel' ? settings.sentinels : settings.nodes;
}

/** Copies, because the client writes into what it is given. */
function rotate(addresses: readonly HostPort[], by: number): HostPort[] {
  const from = by % addresses.length;
  return [...addresses.slice(from), ...addresses.slice(0, from)].map((address) => ({ ...address }));
}
