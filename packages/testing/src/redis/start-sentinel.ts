import { poll } from '../poll.ts';
import { accessTo, type GroupAccess, hostsOf, listOf } from './group-access.ts';
import { readHardened } from './hardened.ts';
import { type RedisServer, startRedis } from './start-redis.ts';
import type { UnhardenedReason } from './unhardened.ts';

export interface RedisSentinels {
  /** The name of the group, for `REDIS_SENTINEL_NAME`. */
  readonly name: 'tbi';
  /** What `@tbi/redis` takes to reach it. */
  readonly settings: GroupAccess['settings'] & {
    readonly mode: 'sentinel';
    readonly sentinels: ReturnType<typeof hostsOf>;
    readonly name: 'tbi';
  };
  /** The variables that say the same. */
  readonly variables: Readonly<Record<string, string>>;
  readonly sentinels: readonly RedisServer[];
  /** The primary of the start; after a failover it is a replica. */
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  readonly replicas: readonly RedisServer[];
  /** The port of the primary of now, as the first sentinel sees it. */
  findPrimaryPort(): Promise<number>;
  /** Promotes the replica and resolves when the sentinels name it. */
  failover(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartSentinelOptions {
  /** Of the servers that are watched; hardened ones have their users' instead. Default: none. */
  readonly password?: string;
  readonly unhardened?: UnhardenedReason;
  /** Default 1. */
  readonly replicas?: number;
  /** Of which more than half must agree. Default 1. */
  readonly sentinels?: number;
}

/** Starts a primary, replicas and sentinels that fail over when the primary is silent for 500 ms. */
export async function startSentinel(options: StartSentinelOptions = {}): Promise<RedisSentinels> {
  const { replicas: replicaCount = 1, sentinels: sentinelCount = 1, ...common } = options;
  const primary = await startRedis(common);
  const startReplica = () => startRedis({ ...common, replicaOf: primary });
  const replica = await startReplica();
  const replicas = [replica, ...(await startMany(replicaCount - 1, startReplica))];
  const startOne = () =>
    startRedis({
      ...(common.unhardened === undefined ? {} : { unhardened: common.unhardened }),
      sentinel: true,
      config: {
        sentinel: [
          `monitor tbi 127.0.0.1 ${primary.port} ${Math.floor(sentinelCount / 2) + 1}`,
          'down-after-milliseconds tbi 500',
          'failover-timeout tbi 3000',
          ...watchingAs(common),
        ],
      },
    });
  const sentinel = await startOne();
  const sentinels = [sentinel, ...(await startMany(sentinelCount - 1, startOne))];
  const servers = [...sentinels, ...replicas, primary];
  const access = accessTo(primary);
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };

  const findPrimaryPort = async () => {
    const reply = await sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'tbi');
    return Number(Array.isArray(reply) ? reply[1] : Number.NaN);
  };

  try {
    await poll(async () => String(await primary.command('INFO', 'replication')).includes('state=online'), {
      what: 'the replica to follow',
      timeoutMs: 15_000,
    });
    await Promise.all(
      sentinels.map((each) =>
        poll(async () => (await knows(each, 'REPLICAS')) === replicaCount, {
          what: 'a sentinel to find the replicas',
          timeoutMs: 15_000,
        }),
      ),
    );
    await Promise.all(
      sentinels.map((each) =>
        poll(async () => (await knows(each, 'SENTINELS')) === sentinelCount - 1, {
          what: 'the sentinels to find each other',
          timeoutMs: 15_000,
        }),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    name: 'tbi',
    settings: { ...access.settings, mode: 'sentinel', sentinels: hostsOf(sentinels), name: 'tbi' },
    variables: { ...access.variables, REDIS_SENTINELS: listOf(sentinels), REDIS_SENTINEL_NAME: 'tbi' },
    sentinels,
    primary,
    replica,
    replicas,
    findPrimaryPort,
    async failover() {
      const before = await findPrimaryPort();
      // Until the sentinel has heard from the replica it knows of none that it could promote.
      await poll(() => sentinel.command('SENTINEL', 'FAILOVER', 'tbi'), {
        what: 'the sentinel to accept the failover',
        timeoutMs: 15_000,
        intervalMs: 200,
      });
      await poll(async () => (await findPrimaryPort()) !== before, {
        what: 'the failover to end',
        timeoutMs: 20_000,
      });
    },
    stop,
  };
}

/** Who a sentinel is to the servers that it watches. */
function watchingAs({ password, unhardened }: StartSentinelOptions): string[] {
  const user = unhardened === undefined ? readHardened()?.sentinel : undefined;
  if (user) return [`auth-user tbi ${user.name}`, `auth-pass tbi ${user.password}`];
  return password === undefined ? [] : [`auth-pass tbi "${password}"`];
}

function startMany(count: number, start: () => Promise<RedisServer>): Promise<RedisServer[]> {
  return Promise.all(Array.from({ length: count }, start));
}

async function knows(sentinel: RedisServer, what: 'REPLICAS' | 'SENTINELS'): Promise<number> {
  const reply = await sentinel.command('SENTINEL', what, 'tbi');
  return Array.isArray(reply) ? reply.length : 0;
}
