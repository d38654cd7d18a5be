import { poll } from '../poll.ts';
import { type RedisServer, type StartRedisOptions, startRedis } from './start-redis.ts';

const SLOTS = 16_384;

export interface RedisCluster {
  readonly nodes: readonly RedisServer[];
  /** For ioredis and `REDIS_CLUSTER_NODES`: `127.0.0.1:<port>,…`. */
  readonly addresses: string;
  stop(): Promise<void>;
}

/** Starts a cluster of primaries on 127.0.0.1, the slots spread evenly. Default: three nodes. */
export async function startRedisCluster(
  options: Omit<StartRedisOptions, 'port' | 'cluster' | 'sentinel' | 'replicaOf'> & {
    readonly size?: number;
  } = {},
): Promise<RedisCluster> {
  const { size = 3, ...nodeOptions } = options;
  const nodes = await Promise.all(
    Array.from({ length: size }, () => startRedis({ ...nodeOptions, cluster: true })),
  );
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    await join(nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, addresses: nodes.map((node) => `127.0.0.1:${node.port}`).join(','), stop };
}

async function join(nodes: readonly RedisServer[]): Promise<void> {
  await Promise.all(
    nodes.map(async (node, index) => {
      const from = Math.floor((index * SLOTS) / nodes.length);
      const to = Math.floor(((index + 1) * SLOTS) / nodes.length);
      const slots = Array.from({ length: to - from }, (_, offset) => String(from + offset));
      await node.command('CLUSTER', 'ADDSLOTS', ...slots);
      // Equal epochs would have to be resolved by the nodes first.
      await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    }),
  );
  const [first, ...others] = nodes;
  await Promise.all(others.map((node) => node.command('CLUSTER', 'MEET', '127.0.0.1', String(first?.port))));
  await poll(
    async () => (await Promise.all(nodes.map((node) => knowsAll(node, nodes.length)))).every(Boolean),
    {
      what: 'the nodes of the cluster to agree',
      timeoutMs: 20_000,
      intervalMs: 50,
    },
  );
}

async function knowsAll(node: RedisServer, size: number): Promise<boolean> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}`);
}
