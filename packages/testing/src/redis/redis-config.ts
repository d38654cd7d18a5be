import { join } from 'node:path';
import type { RedisAddress } from './redis-command.ts';

export type RedisConfig = Readonly<Record<string, string | readonly string[]>>;

export interface RenderRedisConfigOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly bind: string;
  readonly password?: string;
  readonly config?: RedisConfig;
  readonly include?: readonly string[];
  readonly tls?: boolean;
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
  if (replicaOf !== undefined) {
    lines.push(['replicaof', `127.0.0.1 ${replicaOf.port}`]);
    if (replicaOf.password !== undefined) lines.push(['masterauth', quote(replicaOf.password)]);
  }
  for (const [key, value] of Object.entries(options.config ?? {})) {
    for (const one of typeof value === 'string' ? [value] : value) lines.push([key, one]);
  }
  return `${lines.map(([key, value]) => `${key} ${value}`).join('\n')}\n`;
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
