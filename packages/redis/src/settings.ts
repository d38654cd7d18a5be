export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export type RedisTarget =
  | { readonly mode: 'standalone'; readonly host: string; readonly port: number; readonly db: number }
  | { readonly mode: 'sentinel'; readonly sentinels: readonly HostPort[]; readonly name: string }
  | { readonly mode: 'cluster'; readonly nodes: readonly HostPort[] };

/** Where a Redis is and how to reach it. `@tbi/env` reads such settings from the environment. */
export type RedisSettings = RedisTarget & {
  /** Default: Redis's own `default` user. */
  readonly username?: string;
  /** Sentinels get it too. */
  readonly password?: string;
  /** Present: speak TLS, also to sentinels. `ca` is PEM text; without it the authorities that Node trusts. */
  readonly tls?: { readonly ca?: string };
  /** Deadline of one command, in ms. Default 150. */
  readonly commandTimeoutMs?: number;
};

export const DEFAULT_COMMAND_TIMEOUT_MS = 150;

/** The addresses that a connection starts from, for messages. */
export function describeTarget(settings: RedisSettings): string {
  switch (settings.mode) {
    case 'standalone':
      return `${settings.host}:${settings.port}`;
    case 'sentinel':
      return `the primary "${settings.name}"`;
    case 'cluster':
      return `the Cluster of ${settings.nodes.map(({ host, port }) => `${host}:${port}`).join(', ')}`;
  }
}
