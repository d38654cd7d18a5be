import { operationsEnv, readEnv } from '@tbi/env';
import { describe, expect, it } from 'vitest';
import { type AlertFacts, DEFAULT_THRESHOLDS, judgeAlerts } from '../src/alerts.ts';
import { parseInfo } from '../src/info.ts';
import type { ProcessReport } from '../src/processes.ts';
import { figuresOf, SLOW_LOG_LENGTH } from '../src/redis-report.ts';

const MIB = 1024 * 1024;
const NOW_MS = Date.parse('2026-11-27T12:00:00Z');

function server(info: string, slowLog: { at: string; durationMs: number }[] = []) {
  const slow = slowLog.map((entry) => ({ ...entry, command: 'EVAL', arguments: 1 }));
  return { name: 'redis', roundTripMs: 1, info: parseInfo(info), slowLog: slow };
}

const report = (parts: Partial<ProcessReport>) =>
  ({ id: 'a:1', lagMs: 0, breaker: 'closed', ...parts }) as ProcessReport;

function judge(parts: Partial<AlertFacts> & { info?: string } = {}) {
  const servers = parts.servers ?? [server(parts.info ?? '')];
  const facts: AlertFacts = {
    redis: 'up',
    figures: figuresOf(servers),
    processes: [report({})],
    evictionsPerMinute: 0,
    rejectedPerMinute: 0,
    hitRateNow: null,
    hitRateBefore: null,
    nowMs: NOW_MS,
    ...parts,
    servers,
  };
  return judgeAlerts(facts, DEFAULT_THRESHOLDS).map(({ name, severity, figure }) => [name, severity, figure]);
}

describe('alerts', () => {
  it('begin without settings where they begin without variables', () => {
    expect(readEnv({ operations: operationsEnv }, {}).operations.alerts).toEqual(DEFAULT_THRESHOLDS);
  });

  it('wait for no more slow commands than are read', () => {
    const read = (count: number) =>
      readEnv({ operations: operationsEnv }, { ALERT_SLOW_QUERIES: String(count) }).operations.alerts;
    expect(read(SLOW_LOG_LENGTH).slowQueries).toBe(SLOW_LOG_LENGTH);
    expect(() => read(SLOW_LOG_LENGTH + 1)).toThrow(/ALERT_SLOW_QUERIES/);
  });

  it('are none when all is well', () => {
    expect(judge({ info: `# Memory\nused_memory:${500 * MIB}\nmaxmemory:0\n` })).toEqual([]);
    expect(judge({ redis: 'unused', figures: null, servers: [] })).toEqual([]);
  });

  it.each([
    [
      'memory without a limit',
      `# Memory\nused_memory:${1024 * MIB}\nmaxmemory:0\n`,
      ['memory', 'warning', 1024 * MIB],
    ],
    [
      'memory of a cache',
      '# Memory\nused_memory:95\nmaxmemory:100\nmaxmemory_policy:volatile-lru\n',
      ['memory', 'warning', 95],
    ],
    [
      'memory that nothing leaves',
      '# Memory\nused_memory:90\nmaxmemory:100\nmaxmemory_policy:noeviction\n',
      ['memory', 'critical', 90],
    ],
    ['connections', '# Clients\nconnected_clients:101\n', ['connections', 'warning', 101]],
    [
      'a replica that lost its primary',
      '# Replication\nrole:slave\nmaster_link_status:down\n',
      ['replication', 'critical', 1],
    ],
    [
      'a primary whose replica is not online',
      '# Replication\nrole:master\nslave0:ip=a,state=wait_bgsave\n',
      ['replication', 'critical', 1],
    ],
  ])('tell of %s', (_name, info, expected) => {
    expect(judge({ info })).toEqual([expected]);
  });

  it('leave a hundred connections alone', () => {
    expect(judge({ info: '# Clients\nconnected_clients:100\n' })).toEqual([]);
  });

  it('tell of slow commands of the last ten minutes only', () => {
    const at = (minutes: number) => new Date(NOW_MS - minutes * 60_000).toISOString();
    const slowLog = [
      { at: at(1), durationMs: 20 },
      { at: at(11), durationMs: 20 },
    ];
    expect(judge({ servers: [server('', slowLog)] })).toEqual([['slow-queries', 'warning', 1]]);
  });

  it('tell of what grows: evictions and rejected connections', () => {
    expect(judge({ evictionsPerMinute: 60 })).toEqual([['evictions', 'warning', 60]]);
    expect(judge({ rejectedPerMinute: 1 })).toEqual([['rejected-connections', 'critical', 1]]);
  });

  it('tell of processes: one that is behind the log, one whose breaker is open', () => {
    expect(judge({ processes: [report({ lagMs: 1_500 }), report({})] })).toEqual([
      ['log-lag', 'critical', 1_500],
    ]);
    expect(judge({ processes: [report({ breaker: 'open' })] })).toEqual([['breaker-open', 'critical', 1]]);
  });

  it('tell of a hit rate that fell, not of a low one', () => {
    expect(judge({ hitRateBefore: 0.95, hitRateNow: 0.5 })).toEqual([['hit-rate-drop', 'warning', 45]]);
    expect(judge({ hitRateBefore: 0.4, hitRateNow: 0.4 })).toEqual([]);
    expect(judge({ hitRateBefore: null, hitRateNow: 0 })).toEqual([]);
  });

  it('tell first of what is critical, and of a Redis that is away without its figures', () => {
    const found = judge({ redis: 'down', figures: null, servers: [], hitRateBefore: 0.9, hitRateNow: 0.1 });
    expect(found.map(([name]) => name)).toEqual(['redis-down', 'hit-rate-drop']);
  });
});
