import { join } from 'node:path';
import type { Hardened } from './hardened.ts';
import type { RedisAddress } from './redis-command.ts';

export type RedisConfig = Readonly<Record<string, string | readonly string[]>>;

export interface RenderRedisConfigOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly bind: string;
  readonly password?: string | undefined;
  readonly config?: RedisConfig;
  readonly include?: readonly string[];
  readonly tls?: boolean;
  /** Between servers too: TLS, and a user for each purpose. The ACL file is `users.acl` in `dataDir`. */
  readonly hardened?: Hardened;
  readonly replicaOf?: RedisAddress;
  readonly sentinel?: boolean;
  readonly cluster?: boolean;
}

/** The text of a redis.conf. Later lines win, so the caller's own come last. */
export function renderRedisConfig(options: RenderRedisConfigOptions): string {
  const { dataDir, password, replicaOf } = options;
  const lines: [string, string][] = (options.include ?? []).map((file) => ['include', quote(file)]);
  lines.push(['bind', options.bind], ['protected-mode', 'no'], ['dir', quote(dataDir)]);
  if (options.tls) {
    lines.push(['port', '0'], ['tls-port', String(options.port)], ['tls-auth-clients', 'no']);
    lines.push(['tls-cert-file', quote(join(dataDir, 'server.crt'))]);
    lines.push(['tls-key-file', quote(join(dataDir, 'server.key'))]);
    lines.push(['tls-ca-cert-file', quote(join(dataDir, 'server.crt'))]);
  } else {
    lines.push(['port', String(options.port)]);
  }
  if (password !== undefined) lines.push(['requirepass', quote(password)]);
  if (!options.sentinel) {
    if (options.include === undefined) lines.push(['save', '""'], ['appendonly', 'no']);
    // A replica in a test must see its primary's writes at once, not after the default 5 s of gathering replicas.
    lines.push(['repl-diskless-sync-delay', '0']);
    if (password !== undefined) lines.push(['masterauth', quote(password)]);
  }
  if (options.cluster) lines.push(['cluster-enabled', 'yes'], ['cluster-node-timeout', '2000']);
  if (options.hardened) lines.push(...betweenServers(options, options.hardened));
  if (replicaOf !== undefined) {
    lines.push(['replicaof', `127.0.0.1 ${replicaOf.port}`]);
    if (!options.hardened && replicaOf.password !== undefined) {
      lines.push(['masterauth', quote(replicaOf.password)]);
    }
  }
  for (const [key, value] of Object.entries(options.config ?? {})) {
    for (const one of typeof value === 'string' ? [value] : value) lines.push([key, one]);
  }
  return `${lines.map(([key, value]) => `${key} ${value}`).join('\n')}\n`;
}

/** Any server may become a replica after a failover, so each knows as whom to follow. */
function betweenServers(options: RenderRedisConfigOptions, { replica }: Hardened): [string, string][] {
  // Also what a sentinel speaks to the servers that it watches.
  if (options.sentinel) return [['tls-replication', 'yes']];
  return [
    ['tls-replication', 'yes'],
    ['aclfile', quote(join(options.dataDir, 'users.acl'))],
    ['masteruser', replica.name],
    ['masterauth', replica.password],
    ...(options.cluster ? ([['tls-cluster', 'yes']] as [string, string][]) : []),
  ];
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
