import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../traffic.ts';
import { type Command, EXIT } from './command.ts';
import { bytes, duration, percent, table } from './output.ts';

export const healthCommand: Command = async ({ operations, connected }, _options, output) => {
  if (connected) await operations.takeCensus().catch(() => null);
  const { status, reason, redis, entries } = await operations.health();
  output.show({ status, reason, redis, entries }, () => [
    `${status}: ${reason}`,
    ...(redis === null
      ? []
      : [
          `version      ${redis.version} (${redis.role}), up ${duration(redis.uptimeSeconds * 1000)}`,
          `round trip   ${duration(redis.roundTripMs)}`,
          `memory       ${bytes(redis.usedMemoryBytes)}, peak ${bytes(redis.peakMemoryBytes)}, limit ${redis.maxMemoryBytes === 0 ? 'none' : bytes(redis.maxMemoryBytes)} (${redis.maxMemoryPolicy})`,
          `connections  ${redis.connections}`,
          `commands     ${redis.commands}, ${redis.commandsPerSecond} a second`,
          `keyspace     ${redis.keyspaceHits} hits, ${redis.keyspaceMisses} misses, ${percent(redis.hitRate)}`,
        ]),
    ...(entries === null
      ? []
      : [
          '',
          ...table(
            ['kind', 'entries', 'size'],
            [
              ...Object.entries(entries.kinds).map(([kind, count]) => [
                kind,
                count.entries,
                bytes(count.bytes),
              ]),
              ...(entries.sessions === null ? [] : [['sessions', entries.sessions, '']]),
            ],
          ),
        ]),
  ]);
  return status === 'unhealthy' ? EXIT.unhealthy : EXIT.ok;
};

export const metricsCommand: Command = async ({ operations }, _options, output) => {
  const metrics = await operations.redisMetrics();
  output.show(metrics, () => [
    ...metrics.servers.flatMap(({ name, info, slowLog }) => [
      `${name}`,
      ...Object.entries(info).flatMap(([section, values]) => [
        `\n[${section}]`,
        ...Object.entries(values).map(
          ([key, value]) => `${key.padEnd(32)} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
        ),
      ]),
      '\n[slow log]',
      ...(slowLog === null
        ? ['the user may not ask for it']
        : table(
            ['at', 'took', 'command'],
            slowLog.map(({ at, durationMs, command }) => [at, duration(durationMs), command]),
          )),
    ]),
    '\n[alerts]',
    ...(metrics.alerts.length === 0
      ? ['none']
      : table(
          ['alert', 'severity', 'figure', 'threshold', 'unit'],
          metrics.alerts.map((alert) => [
            alert.name,
            alert.severity,
            alert.figure,
            alert.threshold,
            alert.unit,
          ]),
        )),
  ]);
  return metrics.alerts.some(({ severity }) => severity === 'critical') ? EXIT.unhealthy : EXIT.ok;
};

const WATCH_MS = 2_000;

export const statsCommand: Command = async ({ operations }, { watch }, output) => {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  do {
    const reports = await operations.processes.all();
    if (watch && !output.json) output.line('\u001b[2J\u001b[H');
    output.show(reports, () =>
      table(
        ['process', 'lookups', 'hit rate', 'p50', 'p99', 'lag', 'L1', 'tags', 'pending', 'breaker', 'up'],
        reports.map(({ id, traffic, lagMs, l1, tagStates, pendingInvalidations, breaker, startedAt }) => {
          const all = Object.entries(traffic.lookups);
          const total = all.reduce((sum, [, count]) => sum + count, 0);
          const missed = all.reduce((sum, [name, n]) => sum + (name.split('|')[1] === 'origin' ? n : 0), 0);
          const at = (part: number) => {
            const ms = percentile(traffic.latency, part);
            return ms === null ? '–' : `≤ ${duration(ms)}`;
          };
          return [
            id,
            total,
            percent(total === 0 ? null : 1 - missed / total),
            at(0.5),
            at(0.99),
            lagMs === null ? '–' : duration(lagMs),
            bytes(l1.bytes),
            tagStates,
            pendingInvalidations,
            breaker,
            duration(Date.now() - Date.parse(startedAt)),
          ];
        }),
      ),
    );
    if (watch) await sleep(WATCH_MS, undefined, { signal: interrupted.signal }).catch(() => {});
  } while (watch && !interrupted.signal.aborted);
  return EXIT.ok;
};
