import type { ProcessReport } from './processes.ts';
import type { RedisFigures } from './redis-report.ts';
import { LATENCY_BOUNDS_MS, percentile } from './traffic.ts';

/** What happened since the sample before, over all processes. */
export interface Sample {
  /** ms since 1970. */
  readonly atMs: number;
  readonly processes: number;
  readonly lookups: number;
  /** 0…1; null without lookups. */
  readonly hitRate: number | null;
  readonly tiers: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly invalidations: number;
  readonly stampedesSaved: number;
  readonly maxLagMs: number | null;
  /** Null: it did not answer, or there is none. */
  readonly redis: {
    readonly usedMemoryBytes: number;
    readonly connections: number;
    readonly commandsPerSecond: number;
    readonly evicted: number;
    readonly rejected: number;
    readonly hits: number;
    readonly misses: number;
    readonly roundTripMs: number;
  } | null;
}

export interface History {
  add(atMs: number, processes: readonly ProcessReport[], figures: RedisFigures | null): Sample;
  /** The oldest first. */
  all(): readonly Sample[];
}

/** Half an hour of a sample every two seconds: about half a megabyte. */
const MAX_SAMPLES = 900;

/** Samples made from counters that only grow. A process that appears counts from its second report on. */
export function createHistory(): History {
  const samples: Sample[] = [];
  let before = new Map<string, ProcessReport>();
  let figuresBefore: RedisFigures | null = null;

  function sumTraffic(processes: readonly ProcessReport[]) {
    const sums = { tiers: new Map(), kinds: new Map(), reasons: new Map() } as Record<
      string,
      Map<string, number>
    >;
    const latency = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
    let hits = 0;
    let lookups = 0;
    let invalidations = 0;
    let stampedesSaved = 0;
    const add = (sum: Map<string, number> | undefined, name: string, count: number) =>
      sum?.set(name, (sum.get(name) ?? 0) + count);
    for (const { id, startedAt, traffic } of processes) {
      const earlier = before.get(id);
      if (earlier === undefined || earlier.startedAt !== startedAt) continue;
      for (const [name, count] of Object.entries(traffic.lookups)) {
        const grown = Math.max(0, count - (earlier.traffic.lookups[name] ?? 0));
        if (grown === 0) continue;
        const [kind = '', tier = '', reason = ''] = name.split('|');
        lookups += grown;
        if (tier !== 'origin') hits += grown;
        add(sums.kinds, kind, grown);
        add(sums.tiers, tier, grown);
        add(sums.reasons, reason, grown);
      }
      for (const [index, count] of traffic.latency.entries()) {
        latency[index] = (latency[index] ?? 0) + Math.max(0, count - (earlier.traffic.latency[index] ?? 0));
      }
      invalidations += Math.max(0, traffic.invalidations - earlier.traffic.invalidations);
      stampedesSaved += Math.max(0, traffic.stampedesSaved - earlier.traffic.stampedesSaved);
    }
    return {
      lookups,
      hitRate: lookups === 0 ? null : hits / lookups,
      tiers: Object.fromEntries(sums.tiers ?? []),
      kinds: Object.fromEntries(sums.kinds ?? []),
      reasons: Object.fromEntries(sums.reasons ?? []),
      p50Ms: percentile(latency, 0.5),
      p99Ms: percentile(latency, 0.99),
      invalidations,
      stampedesSaved,
    };
  }

  function sumRedis(figures: RedisFigures | null): Sample['redis'] {
    if (figures === null) return null;
    const grown = (read: (figures: RedisFigures) => number) =>
      figuresBefore === null ? 0 : Math.max(0, read(figures) - read(figuresBefore));
    return {
      usedMemoryBytes: figures.usedMemoryBytes,
      connections: figures.connections,
      commandsPerSecond: figures.commandsPerSecond,
      evicted: grown(({ evictedKeys }) => evictedKeys),
      rejected: grown(({ rejectedConnections }) => rejectedConnections),
      hits: grown(({ keyspaceHits }) => keyspaceHits),
      misses: grown(({ keyspaceMisses }) => keyspaceMisses),
      roundTripMs: figures.roundTripMs,
    };
  }

  return {
    add(atMs, processes, figures) {
      const lags = processes.map(({ lagMs }) => lagMs).filter((lagMs) => lagMs !== null);
      const sample = {
        atMs,
        processes: processes.length,
        ...sumTraffic(processes),
        maxLagMs: lags.length === 0 ? null : Math.max(...lags),
        redis: sumRedis(figures),
      };
      // While Redis is away only this process is heard of; the others go on from where they were.
      before = new Map([...before, ...processes.map((report) => [report.id, report] as const)].slice(-256));
      figuresBefore = figures ?? figuresBefore;
      samples.push(sample);
      if (samples.length > MAX_SAMPLES) samples.shift();
      return sample;
    },
    all: () => samples,
  };
}

const NOW_MS = 300_000;
const MIN_LOOKUPS = 100;

/** The hit rate of the last five minutes, and of the time before that. */
export function hitRates(samples: readonly Sample[], nowMs: number) {
  const rate = (part: readonly Sample[]) => {
    const lookups = part.reduce((sum, sample) => sum + sample.lookups, 0);
    const hits = part.reduce((sum, { hitRate, lookups: count }) => sum + (hitRate ?? 0) * count, 0);
    return lookups < MIN_LOOKUPS ? null : hits / lookups;
  };
  const isRecent = ({ atMs }: Sample) => nowMs - atMs <= NOW_MS;
  return {
    hitRateNow: rate(samples.filter(isRecent)),
    hitRateBefore: rate(samples.filter((sample) => !isRecent(sample))),
  };
}

/** How much of something there was in the last minute. */
export function lastMinute(
  samples: readonly Sample[],
  nowMs: number,
  read: (redis: NonNullable<Sample['redis']>) => number,
): number {
  return samples
    .filter(({ atMs }) => nowMs - atMs <= 60_000)
    .reduce((sum, { redis }) => sum + (redis === null ? 0 : read(redis)), 0);
}
