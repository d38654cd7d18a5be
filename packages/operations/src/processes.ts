import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cache, formatPosition, type Position, parsePosition, positionMs } from '@tbi/cache';
import { operationsKeys } from './keys.ts';
import { pairsOf, parseJson, textOf } from './replies.ts';
import type { OperationsRedis } from './servers.ts';
import type { Traffic } from './traffic.ts';

/** What a process says of itself, every second and right after an invalidation. */
export interface ProcessReport {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Redis's clock, ms since 1970. */
  readonly atMs: number;
  readonly epoch: string | null;
  /** How far it has read the log. */
  readonly position: string;
  /** How much of the log it has not read, in ms between its position and the head. Null: Redis did not say. */
  readonly lagMs: number | null;
  readonly synced: boolean;
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly l1: { readonly entries: number; readonly bytes: number; readonly maxBytes: number };
  readonly tagStates: number;
  readonly pendingInvalidations: number;
  readonly computing: number;
  readonly rssBytes: number;
  readonly traffic: Traffic;
}

export interface Processes {
  /** Of this process, without asking Redis. */
  own(): ProcessReport;
  /** Of every live process, this one first; with Redis away, of this one. */
  all(): Promise<readonly ProcessReport[]>;
  /**
   * Waits until every live process has applied the log up to a position.
   * @returns those that have not when the time was over
   */
  awaitApplied(position: Position, timeoutMs: number): Promise<Applied>;
  /** Takes back what this process has said of itself, so that nobody waits for it. Never rejects. */
  close(): Promise<void>;
}

export interface Applied {
  readonly applied: boolean;
  readonly processes: number;
  readonly waitingFor: readonly string[];
}

export interface ProcessesOptions {
  readonly cache: Cache;
  readonly redis: OperationsRedis | null;
  readonly traffic: () => Traffic;
  /** False for a tool that serves nobody: it says nothing of itself. Default true. */
  readonly reporting?: boolean;
}

const REPORT_MS = 1_000;
const AFTER_RECORD_MS = 50;
/** A process that is silent for longer is gone, or cut off: then it serves nothing from memory either. */
const ALIVE_MS = 3_500;
/** Reports that are older are removed by whoever reads them. */
const FORGET_MS = 60_000;
const POLL_MS = 40;

export function createProcesses(options: ProcessesOptions): Processes {
  const { cache, redis, traffic, reporting = true } = options;
  const keys = operationsKeys(redis?.keyPrefix ?? '');
  const host = hostname();
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  const id = `${host}:${process.pid}`;
  let lagMs: number | null = redis === null ? 0 : null;
  let sending = false;
  let again = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  function own(): ProcessReport {
    const stats = cache.stats();
    return {
      id,
      host,
      pid: process.pid,
      startedAt,
      atMs: cache.nowMs(),
      epoch: stats.epoch,
      position: formatPosition(stats.position),
      lagMs,
      synced: stats.synced,
      breaker: redis?.pool.health().breaker ?? 'closed',
      l1: stats.l1,
      tagStates: stats.tagStates,
      pendingInvalidations: stats.pendingInvalidations,
      computing: stats.computing,
      rssBytes: process.memoryUsage.rss(),
      traffic: traffic(),
    };
  }

  async function measureLag(connection: OperationsRedis['pool']['data'], keyPrefix: string) {
    const head = textOf(await connection.command('GET', [`${keyPrefix}{log}:head`])).split('|')[1];
    if (head === undefined) return;
    lagMs = Math.max(0, positionMs(parsePosition(head)) - positionMs(cache.stats().position));
  }

  async function send() {
    if (redis === null) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      await measureLag(redis.pool.data, redis.keyPrefix);
      if (closed) return;
      await redis.pool.data.command('HSET', [keys.processes, id, JSON.stringify(own())]);
    } catch {
      lagMs = null;
    }
    sending = false;
    if (again) soon();
    again = false;
  }

  function soon() {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void send();
    }, AFTER_RECORD_MS).unref();
  }

  const reports = redis !== null && reporting;
  const interval = reports ? setInterval(() => void send(), REPORT_MS).unref() : undefined;
  const unsubscribe = cache.events.subscribe(({ type }) => {
    if (reports && (type === 'applied' || type === 'invalidate' || type === 'epoch')) soon();
  });
  if (reports) void send();

  async function others(): Promise<readonly ProcessReport[]> {
    if (redis === null) return [];
    const reply = await redis.pool.data.command('HGETALL', [keys.processes]);
    const nowMs = cache.nowMs();
    const found = [...pairsOf(reply)].map(([name, text]) => ({ name, report: parseReport(text) }));
    const gone = found.filter(({ report }) => report === null || nowMs - report.atMs > FORGET_MS);
    if (gone.length > 0) {
      const names = gone.map(({ name }) => name);
      redis.pool.data.command('HDEL', [keys.processes, ...names]).catch(() => {});
    }
    return found
      .map(({ report }) => report)
      .filter((report): report is ProcessReport => report !== null && report.id !== id)
      .filter(({ atMs }) => nowMs - atMs <= ALIVE_MS)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async function all() {
    const mine = reporting ? [own()] : [];
    return [...mine, ...(await others().catch(() => []))];
  }

  const hasApplied = (report: ProcessReport, position: Position) =>
    report.epoch !== cache.stats().epoch || parsePosition(report.position) >= position;

  async function awaitApplied(position: Position, timeoutMs: number): Promise<Applied> {
    const endMs = performance.now() + timeoutMs;
    for (;;) {
      const live = await others().catch(() => null);
      const waitingFor = live?.filter((report) => !hasApplied(report, position)).map((report) => report.id);
      const processes = (live?.length ?? 0) + (reporting ? 1 : 0);
      if (waitingFor?.length === 0) return { applied: true, processes, waitingFor };
      if (performance.now() >= endMs) {
        return { applied: false, processes, waitingFor: waitingFor ?? ['Redis, which does not answer'] };
      }
      await sleep(POLL_MS);
    }
  }

  return {
    own,
    all,
    awaitApplied,
    async close() {
      closed = true;
      clearInterval(interval);
      clearTimeout(timer);
      unsubscribe();
      if (reports) await redis.pool.data.command('HDEL', [keys.processes, id]).catch(() => {});
    },
  };
}

/** Null for anything that this version did not write. */
function parseReport(text: string): ProcessReport | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return null;
  const { id, atMs, position, traffic } = value as Partial<ProcessReport>;
  const complete = typeof id === 'string' && typeof atMs === 'number' && /^\d+-\d+$/.test(String(position));
  return complete && traffic !== undefined ? (value as ProcessReport) : null;
}
