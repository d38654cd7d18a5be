import { poll } from '../poll.ts';
import { accessTo, type GroupAccess, hostsOf, listOf } from './group-access.ts';
import { type RedisServer, type StartRedisOptions, startRedis } from './start-redis.ts';

const SLOTS = 16_384;

export interface RedisCluster {
  /** The primaries of the start, then their replicas. */
  readonly nodes: readonly RedisServer[];
  /** What `@tbi/redis` takes to reach it. */
  readonly settings: GroupAccess['settings'] & {
    readonly mode: 'cluster';
    readonly nodes: ReturnType<typeof hostsOf>;
  };
  /** The variables that say the same. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a cluster on 127.0.0.1, the slots spread evenly. Default: three primaries without replicas. */
export async function startRedisCluster(
  options: Omit<StartRedisOptions, 'port' | 'cluster' | 'sentinel' | 'replicaOf'> & {
    /** Primaries. */
    readonly size?: number;
    /** Of each primary. */
    readonly replicas?: number;
  } = {},
): Promise<RedisCluster> {
  const { size = 3, replicas = 0, ...nodeOptions } = options;
  const nodes = await Promise.all(
    Array.from({ length: size * (1 + replicas) }, () => startRedis({ ...nodeOptions, cluster: true })),
  );
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    await join(nodes, size);
  } catch (error) {
    await stop();
    throw error;
  }
  const [first] = nodes;
  if (first === undefined) throw new RangeError('a cluster has nodes');
  const access = accessTo(first);
  return {
    nodes,
    settings: { ...access.settings, mode: 'cluster', nodes: hostsOf(nodes) },
    variables: { ...access.variables, REDIS_CLUSTER_NODES: listOf(nodes) },
    stop,
  };
}

async function join(nodes: readonly RedisServer[], size: number): Promise<void> {
  const primaries = nodes.slice(0, size);
  await Promise.all(
    primaries.map(async (node, index) => {
      const from = Math.floor((index * SLOTS) / size);
      const to = Math.floor(((index + 1) * SLOTS) / size);
      const slots = Array.from({ length: to - from }, (_, offset) => String(from + offset));
      await node.command('CLUSTER', 'ADDSLOTS', ...slots);
      // Equal epochs would have to be resolved by the nodes first.
      await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    }),
  );
  const [first, ...others] = nodes;
  await Promise.all(others.map((node) => node.command('CLUSTER', 'MEET', '127.0.0.1', String(first?.port))));
  await agree(nodes);
  await Promise.all(
    nodes.slice(size).map(async (node, index) => {
      const id = String(await primaries[index % size]?.command('CLUSTER', 'MYID'));
      await poll(async () => (await node.command('CLUSTER', 'REPLICATE', id)) === 'OK', {
        what: 'a replica to know its primary',
      });
      await poll(async () => String(await node.command('INFO', 'replication')).includes('link_status:up'), {
        what: 'a replica to follow',
        timeoutMs: 15_000,
      });
    }),
  );
}

async function agree(nodes: readonly RedisServer[]): Promise<void> {
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
