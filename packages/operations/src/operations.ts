import { type Cache, codeOf } from '@tbi/cache';
import type { Log } from '@tbi/redis';
import { type Alert, type AlertThresholds, DEFAULT_THRESHOLDS, judgeAlerts } from './alerts.ts';
import { createAuditTrail } from './audit.ts';
import { type Census, createCensuses, type SessionKeys } from './census.ts';
import { createEntries } from './entries.ts';
import { createHistory, hitRates, lastMinute, type Sample } from './history.ts';
import { createInspection } from './inspect.ts';
import { createInvalidationFeed } from './invalidation-feed.ts';
import { createInvalidator } from './invalidation-request.ts';
import { createMetrics } from './metrics.ts';
import { createProcesses, type ProcessReport } from './processes.ts';
import { figuresOf, type RedisFigures, reportServers, type ServersReport } from './redis-report.ts';
import { createServers, type OperationsRedis } from './servers.ts';
import { shareMetrics } from './shared-metrics.ts';
import { traceEvents } from './tracing.ts';
import { collectTraffic } from './traffic.ts';

export interface OperationsOptions {
  readonly cache: Cache;
  /** Null: the cache is in this process's memory. */
  readonly redis: OperationsRedis | null;
  readonly sessions?: SessionKeys | null;
  readonly thresholds?: Partial<AlertThresholds>;
  readonly log: Log;
  /** Takes each call of an operator. */
  readonly auditLog: { info(fields: object, message: string): void };
  /** False for a tool that serves nobody. Default true. */
  readonly serving?: boolean;
}

export interface RedisHealth {
  /** `memory`: no Redis is configured, and none is needed. */
  readonly status: 'healthy' | 'unhealthy' | 'memory';
  readonly reason: string;
  readonly redis: RedisFigures | null;
  /** Of our own lookups since this process started; Redis counts its own. */
  readonly cacheHitRate: number | null;
  /** Null: nothing has been counted yet. */
  readonly entries: Omit<Census, 'largest'> | null;
}

const SAMPLE_MS = 2_000;

/** Everything that operators see and do, put together for one process. Opens nothing and starts its timers at once. */
export function createOperations(options: OperationsOptions) {
  const { cache, redis, log, auditLog, serving = true, sessions = null } = options;
  const thresholds = { ...DEFAULT_THRESHOLDS, ...options.thresholds };
  const servers = redis === null ? null : createServers(redis, log);
  const traffic = collectTraffic(cache.events);
  const processes = createProcesses({ cache, redis, traffic: traffic.read, reporting: serving });
  const audit = createAuditTrail(redis, auditLog);
  const feed = createInvalidationFeed(cache, redis, audit);
  const entries = createEntries(cache, redis, servers);
  const censuses = createCensuses({ entries, redis, sessions });
  const inspection = createInspection(cache, entries);
  const history = createHistory();
  let lastReport: ServersReport | null = null;
  let lastAlerts: readonly Alert[] = [];
  const listeners = new Set<(sample: Sample) => void>();

  const redisUp = () =>
    redis === null ? null : lastReport?.ok === true && redis.pool.health().status !== 'down';
  const { id } = processes.own();
  const metrics = createMetrics({ cache, process: id, report: processes.own, redisUp });
  const shared = shareMetrics(metrics, { redis: serving ? redis : null, process: id, nowMs: cache.nowMs });
  const stopTracing = traceEvents(cache.events);

  async function report(): Promise<ServersReport | null> {
    if (servers === null) return null;
    lastReport = await reportServers(servers);
    return lastReport;
  }

  function judge(found: ServersReport | null, reports: readonly ProcessReport[]): readonly Alert[] {
    const nowMs = Date.now();
    const samples = history.all();
    const ok = found?.ok === true ? found.servers : [];
    return judgeAlerts(
      {
        redis: found === null ? 'unused' : found.ok ? 'up' : 'down',
        servers: ok,
        figures: ok.length === 0 ? null : figuresOf(ok),
        processes: reports,
        evictionsPerMinute: lastMinute(samples, nowMs, ({ evicted }) => evicted),
        rejectedPerMinute: lastMinute(samples, nowMs, ({ rejected }) => rejected),
        ...hitRates(samples, nowMs),
        nowMs: cache.nowMs(),
      },
      thresholds,
    );
  }

  async function sample() {
    const [found, reports] = await Promise.all([report(), processes.all()]);
    const figures = found?.ok === true ? figuresOf(found.servers) : null;
    const added = history.add(Date.now(), reports, figures);
    lastAlerts = judge(found, reports);
    for (const listener of listeners) listener(added);
  }

  async function health(): Promise<RedisHealth> {
    const [found, counted] = await Promise.all([report(), censuses.read()]);
    const { lookups } = traffic.read();
    const all = Object.entries(lookups);
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    const missed = all.reduce((sum, [name, count]) => sum + (name.split('|')[1] === 'origin' ? count : 0), 0);
    const cacheHitRate = total === 0 ? null : 1 - missed / total;
    // Names of entries are for the dashboard.
    const { largest: _, ...counts } = counted ?? { largest: null };
    const rest = { cacheHitRate, entries: 'at' in counts ? counts : null };
    if (redis === null || found === null) {
      return { status: 'memory', reason: 'No Redis is configured.', redis: null, ...rest };
    }
    if (!found.ok) {
      const { reason, status } = redis.pool.health();
      const why = status === 'ready' ? `Redis did not answer (${found.code}).` : reason;
      return { status: 'unhealthy', reason: why, redis: null, ...rest };
    }
    return { status: 'healthy', reason: 'Redis answers.', redis: figuresOf(found.servers), ...rest };
  }

  /** Everything about the servers, with what is wrong. */
  async function redisMetrics() {
    const [found, reports] = await Promise.all([report(), processes.all()]);
    return {
      status: found === null ? ('memory' as const) : found.ok ? ('up' as const) : ('down' as const),
      ...(found?.ok === false ? { code: found.code } : {}),
      servers: found?.ok === true ? found.servers : [],
      alerts: judge(found, reports),
      thresholds,
    };
  }

  async function overview() {
    const [reports, invalidations, audited, counted] = await Promise.all([
      processes.all(),
      feed.last(30),
      audit.last(30),
      censuses.read(),
    ]);
    const { status, reason } =
      redis === null ? { status: 'memory' as const, reason: '' } : redis.pool.health();
    return {
      status,
      reason,
      processes: reports,
      invalidations,
      audit: audited,
      census: counted,
      alerts: lastAlerts,
    };
  }

  const timer = serving
    ? setInterval(() => {
        sample().catch((error) => log.warn(`operations: no sample was taken (${codeOf(error)})`));
      }, SAMPLE_MS).unref()
    : undefined;
  if (serving) void sample().catch(() => {});

  return {
    health,
    redisMetrics,
    overview,
    /** Prometheus text of all processes. */
    renderMetrics: async () => shared.render(await censuses.read()),
    history: history.all,
    /** Calls back after each sample. Returns the unsubscriber. */
    onSample(listener: (sample: Sample) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    invalidate: createInvalidator({ cache, audit, processes }),
    inspection,
    entries,
    takeCensus: censuses.take,
    processes,
    audit,
    feed,
    thresholds,
    /** Stops the timers and takes back what this process has said; closes no connection but those it opened. */
    async close() {
      clearInterval(timer);
      stopTracing();
      const takenBack = [shared.close(), processes.close()];
      metrics.close();
      feed.close();
      traffic.close();
      await Promise.all(takenBack);
      await servers?.close();
    },
  };
}

export type Operations = ReturnType<typeof createOperations>;
export type Overview = Awaited<ReturnType<Operations['overview']>>;
