import { poll } from '../poll.ts';
import { type RedisServer, startRedis } from './start-redis.ts';

export interface RedisSentinels {
  /** The name of the group, for `REDIS_SENTINEL_NAME`. */
  readonly name: 'tbi';
  /** For `REDIS_SENTINELS`: `127.0.0.1:<port>,…`. */
  readonly addresses: string;
  readonly sentinels: readonly RedisServer[];
  /** The primary of the start; after a failover it is a replica. */
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  /** The port of the primary of now, as the first sentinel sees it. */
  findPrimaryPort(): Promise<number>;
  /** Promotes the replica and resolves when the sentinels name it. */
  failover(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a primary, a replica and one sentinel that fails over when the primary is silent for 500 ms. */
export async function startSentinel(options: { readonly password?: string } = {}): Promise<RedisSentinels> {
  const { password } = options;
  const withPassword = password === undefined ? {} : { password };
  const primary = await startRedis({ ...withPassword, plain: true });
  const replica = await startRedis({ ...withPassword, replicaOf: primary });
  const sentinel = await startRedis({
    sentinel: true,
    config: {
      sentinel: [
        `monitor tbi 127.0.0.1 ${primary.port} 1`,
        'down-after-milliseconds tbi 500',
        'failover-timeout tbi 3000',
        ...(password === undefined ? [] : [`auth-pass tbi "${password}"`]),
      ],
    },
  });
  const servers = [sentinel, replica, primary];
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
    await poll(async () => Number(await countReplicas(sentinel)) === 1, {
      what: 'the sentinel to find the replica',
      timeoutMs: 15_000,
    });
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    name: 'tbi',
    addresses: `127.0.0.1:${sentinel.port}`,
    sentinels: [sentinel],
    primary,
    replica,
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

async function countReplicas(sentinel: RedisServer): Promise<number> {
  const reply = await sentinel.command('SENTINEL', 'REPLICAS', 'tbi');
  return Array.isArray(reply) ? reply.length : 0;
}
