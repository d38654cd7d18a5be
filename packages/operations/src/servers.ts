import { createRedis, type Log, type RedisConnection, type RedisPool, type RedisSettings } from '@tbi/redis';
import { listOf, textOf } from './replies.ts';

/** The Redis of the cache as operators' tools use it: the connections of the process and what they were made from. */
export interface OperationsRedis {
  readonly pool: Pick<RedisPool, 'data' | 'health'>;
  readonly settings: RedisSettings;
  /** Begins every key of the cache. */
  readonly keyPrefix: string;
}

export interface Server {
  /** `host:port` of a node of a Cluster, otherwise `redis`. */
  readonly name: string;
  readonly connection: RedisConnection;
}

export interface Servers {
  /** One, or every primary of a Cluster. Rejects when the Cluster cannot say who they are. */
  list(): Promise<readonly Server[]>;
  close(): Promise<void>;
}

/** What concerns a server and not a key (`INFO`, `SCAN`) must go to each node of a Cluster. */
export function createServers({ pool, settings }: OperationsRedis, log: Log): Servers {
  if (settings.mode !== 'cluster') {
    const only = [{ name: 'redis', connection: pool.data }];
    return { list: async () => only, close: async () => {} };
  }
  const { nodes: _, ...access } = settings;
  const pools = new Map<string, RedisPool>();

  function poolOf(host: string, port: number): RedisPool {
    const name = `${host}:${port}`;
    const found = pools.get(name);
    if (found !== undefined) return found;
    const made = createRedis({ ...access, mode: 'standalone', host, port, db: 0 }, { name: 'node', log });
    pools.set(name, made);
    return made;
  }

  return {
    async list() {
      const slots = listOf(await pool.data.command('CLUSTER', ['SLOTS']));
      const primaries = new Map(
        slots.map((slot) => {
          const [host, port] = listOf(listOf(slot)[2]);
          return [`${textOf(host)}:${textOf(port)}`, { host: textOf(host), port: Number(textOf(port)) }];
        }),
      );
      const servers = [...primaries].map(([name, { host, port }]) => ({ name, pool: poolOf(host, port) }));
      await Promise.all(
        servers.map(({ pool: node }) =>
          node.data.ready ? true : node.connect({ timeoutMs: settings.commandTimeoutMs ?? 150 }),
        ),
      );
      for (const [name, node] of pools) {
        if (primaries.has(name)) continue;
        pools.delete(name);
        await node.close();
      }
      return servers.map(({ name, pool: node }) => ({ name, connection: node.data }));
    },
    async close() {
      await Promise.all([...pools.values()].map((node) => node.close()));
    },
  };
}
