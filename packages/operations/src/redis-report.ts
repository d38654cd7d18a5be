import { codeOf } from '@tbi/cache';
import { figure, type Info, parseInfo, word } from './info.ts';
import { listOf, textOf } from './replies.ts';
import type { Server, Servers } from './servers.ts';

export interface SlowCommand {
  /** ISO 8601, by the server's clock. */
  readonly at: string;
  readonly durationMs: number;
  /** The command's name, and how many arguments it had: those may be values, and are not shown. */
  readonly command: string;
  readonly arguments: number;
}

export interface ServerReport {
  readonly name: string;
  readonly roundTripMs: number;
  readonly info: Info;
  /** Null: the user may not ask for it. */
  readonly slowLog: readonly SlowCommand[] | null;
}

export type ServersReport =
  | { readonly ok: true; readonly servers: readonly ServerReport[] }
  | { readonly ok: false; readonly code: string };

/** Redis's own default for how many it keeps. `ALERT_SLOW_QUERIES` can be no more: packages/env. */
export const SLOW_LOG_LENGTH = 128;

/** Asks every server at once. Settles within one deadline, plus one where a Cluster must be asked for its nodes. */
export async function reportServers(servers: Servers): Promise<ServersReport> {
  try {
    const reports = await Promise.all((await servers.list()).map(reportServer));
    return { ok: true, servers: reports };
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  }
}

async function reportServer({ name, connection }: Server): Promise<ServerReport> {
  const sentMs = performance.now();
  const pong = connection.command('PING', []).then(() => performance.now() - sentMs);
  const [roundTripMs, info, slowLog] = await Promise.all([
    pong,
    // A user who may not ask is told nothing else: the server is there.
    connection.command('INFO', ['everything']).catch(ignoreRefusal),
    connection.command('SLOWLOG', ['GET', SLOW_LOG_LENGTH]).catch(ignoreRefusal),
  ]);
  return {
    name,
    roundTripMs,
    info: parseInfo(textOf(info)),
    slowLog: slowLog === null ? null : listOf(slowLog).map(parseSlow),
  };
}

function ignoreRefusal(error: unknown): null {
  if (codeOf(error) === 'ERR_REDIS_REPLY') return null;
  throw error;
}

function parseSlow(reply: Parameters<typeof listOf>[0]): SlowCommand {
  const [, at, micros, args] = listOf(reply);
  const [command, ...rest] = listOf(args);
  return {
    at: new Date(Number(textOf(at)) * 1000).toISOString(),
    durationMs: Number(textOf(micros)) / 1000,
    command: textOf(command).toUpperCase().slice(0, 32),
    arguments: rest.length,
  };
}

/** What one looks at first, summed over the nodes of a Cluster. */
export interface RedisFigures {
  readonly version: string;
  readonly role: string;
  readonly roundTripMs: number;
  readonly uptimeSeconds: number;
  readonly usedMemoryBytes: number;
  readonly peakMemoryBytes: number;
  /** 0: no limit. */
  readonly maxMemoryBytes: number;
  readonly maxMemoryPolicy: string;
  readonly connections: number;
  readonly rejectedConnections: number;
  readonly commands: number;
  readonly commandsPerSecond: number;
  readonly keyspaceHits: number;
  readonly keyspaceMisses: number;
  /** Null: nothing was asked for yet. */
  readonly hitRate: number | null;
  readonly evictedKeys: number;
  readonly expiredKeys: number;
  readonly keys: number;
}

export function figuresOf(servers: readonly ServerReport[]): RedisFigures {
  const sum = (section: string, name: string) =>
    servers.reduce((total, { info }) => total + figure(info, section, name), 0);
  const first = servers[0]?.info ?? {};
  const hits = sum('stats', 'keyspace_hits');
  const misses = sum('stats', 'keyspace_misses');
  const keysOf = (info: Info) =>
    Object.values(info.keyspace ?? {}).reduce<number>(
      (total, db) => total + (typeof db === 'object' ? Number(db.keys ?? 0) : 0),
      0,
    );
  return {
    version: word(first, 'server', 'redis_version'),
    role: word(first, 'replication', 'role'),
    roundTripMs: Math.max(0, ...servers.map(({ roundTripMs }) => roundTripMs)),
    uptimeSeconds: Math.min(...servers.map(({ info }) => figure(info, 'server', 'uptime_in_seconds'))),
    usedMemoryBytes: sum('memory', 'used_memory'),
    peakMemoryBytes: sum('memory', 'used_memory_peak'),
    maxMemoryBytes: sum('memory', 'maxmemory'),
    maxMemoryPolicy: word(first, 'memory', 'maxmemory_policy'),
    connections: sum('clients', 'connected_clients'),
    rejectedConnections: sum('stats', 'rejected_connections'),
    commands: sum('stats', 'total_commands_processed'),
    commandsPerSecond: sum('stats', 'instantaneous_ops_per_sec'),
    keyspaceHits: hits,
    keyspaceMisses: misses,
    hitRate: hits + misses === 0 ? null : hits / (hits + misses),
    evictedKeys: sum('stats', 'evicted_keys'),
    expiredKeys: sum('stats', 'expired_keys'),
    keys: servers.reduce((total, { info }) => total + keysOf(info), 0),
  };
}
