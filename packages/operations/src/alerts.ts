import { figure, word } from './info.ts';
import type { ProcessReport } from './processes.ts';
import type { RedisFigures, ServerReport } from './redis-report.ts';

export interface AlertThresholds {
  /** Part of maxmemory in use, in percent. */
  readonly memoryPercent: number;
  /** Bytes in use where Redis has no maxmemory. */
  readonly memoryBytes: number;
  readonly connections: number;
  /** Entries of the slow log in the last ten minutes. */
  readonly slowQueries: number;
  readonly evictionsPerMinute: number;
  readonly logLagMs: number;
  /** Percentage points below the rate of the half hour before. */
  readonly hitRateDropPercent: number;
}

export const DEFAULT_THRESHOLDS: AlertThresholds = {
  memoryPercent: 90,
  memoryBytes: 1024 ** 3,
  connections: 100,
  slowQueries: 1,
  evictionsPerMinute: 60,
  logLagMs: 1_000,
  hitRateDropPercent: 30,
};

export type AlertName =
  | 'redis-down'
  | 'breaker-open'
  | 'memory'
  | 'connections'
  | 'slow-queries'
  | 'evictions'
  | 'rejected-connections'
  | 'replication'
  | 'log-lag'
  | 'hit-rate-drop';

export interface Alert {
  readonly name: AlertName;
  readonly severity: 'warning' | 'critical';
  readonly figure: number;
  readonly threshold: number;
  readonly unit: 'percent' | 'bytes' | 'count' | 'per minute' | 'ms';
}

/** What alerts are judged by: the present, and what changes per minute or against before. */
export interface AlertFacts {
  readonly redis: 'unused' | 'up' | 'down';
  readonly servers: readonly ServerReport[];
  readonly figures: RedisFigures | null;
  readonly processes: readonly ProcessReport[];
  readonly evictionsPerMinute: number;
  readonly rejectedPerMinute: number;
  /** 0…1; null where too little was asked for to tell. */
  readonly hitRateNow: number | null;
  readonly hitRateBefore: number | null;
  readonly nowMs: number;
}

const SLOW_WINDOW_MS = 600_000;

/** A pure function of the facts: the worst first. */
export function judgeAlerts(facts: AlertFacts, limits: AlertThresholds): readonly Alert[] {
  const found = [...availability(facts), ...server(facts, limits), ...behaviour(facts, limits)];
  const rank = { critical: 0, warning: 1 };
  return found.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

function availability({ redis, processes }: AlertFacts): Alert[] {
  const open = processes.filter(({ breaker }) => breaker !== 'closed').length;
  return [
    ...(redis === 'down' ? [alert('redis-down', 'critical', 0, 1, 'count')] : []),
    ...(open > 0 ? [alert('breaker-open', 'critical', open, 1, 'count')] : []),
  ];
}

function server(facts: AlertFacts, limits: AlertThresholds): Alert[] {
  const { figures, servers, evictionsPerMinute, rejectedPerMinute, nowMs } = facts;
  if (figures === null) return [];
  const slow = servers
    .flatMap(({ slowLog }) => slowLog ?? [])
    .filter(({ at }) => nowMs - Date.parse(at) < SLOW_WINDOW_MS).length;
  const broken = servers.filter(hasBrokenReplication).length;
  return [
    ...servers.flatMap(({ info }) => memory(info, limits)),
    ...over('connections', 'warning', figures.connections, limits.connections + 1, 'count'),
    ...over('slow-queries', 'warning', slow, limits.slowQueries, 'count'),
    ...over('evictions', 'warning', evictionsPerMinute, limits.evictionsPerMinute, 'per minute'),
    ...(rejectedPerMinute > 0
      ? [alert('rejected-connections', 'critical', rejectedPerMinute, 0, 'per minute')]
      : []),
    ...(broken > 0 ? [alert('replication', 'critical', broken, 0, 'count')] : []),
  ];
}

function memory(info: ServerReport['info'], limits: AlertThresholds): Alert[] {
  const used = figure(info, 'memory', 'used_memory');
  const most = figure(info, 'memory', 'maxmemory');
  if (most === 0) return over('memory', 'warning', used, limits.memoryBytes, 'bytes');
  // A cache that may evict fills its memory and goes on; one that may not takes nothing any more.
  const fills = word(info, 'memory', 'maxmemory_policy') === 'noeviction' ? 'critical' : 'warning';
  return over('memory', fills, (used / most) * 100, limits.memoryPercent, 'percent');
}

function hasBrokenReplication({ info }: ServerReport): boolean {
  const link = word(info, 'replication', 'master_link_status');
  if (word(info, 'replication', 'role') === 'slave' && link !== 'up') return true;
  return Object.entries(info.replication ?? {}).some(
    ([name, value]) => /^slave\d+$/.test(name) && typeof value === 'object' && value.state !== 'online',
  );
}

function behaviour(facts: AlertFacts, limits: AlertThresholds): Alert[] {
  const { processes, hitRateNow, hitRateBefore } = facts;
  const lagMs = Math.max(0, ...processes.map((report) => report.lagMs ?? 0));
  const drop = hitRateNow === null || hitRateBefore === null ? 0 : (hitRateBefore - hitRateNow) * 100;
  return [
    ...over('log-lag', 'critical', lagMs, limits.logLagMs, 'ms'),
    ...over('hit-rate-drop', 'warning', drop, limits.hitRateDropPercent, 'percent'),
  ];
}

function over(
  name: AlertName,
  severity: Alert['severity'],
  value: number,
  threshold: number,
  unit: Alert['unit'],
): Alert[] {
  return value >= threshold && value > 0 ? [alert(name, severity, value, threshold, unit)] : [];
}

function alert(
  name: AlertName,
  severity: Alert['severity'],
  value: number,
  threshold: number,
  unit: Alert['unit'],
): Alert {
  return { name, severity, figure: Math.round(value * 10) / 10, threshold, unit };
}
