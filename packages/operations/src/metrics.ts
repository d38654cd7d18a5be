import type { Cache, CacheEvent } from '@tbi/cache';
import { Counter, collectDefaultMetrics, Gauge, Histogram, type MetricObject, Registry } from 'prom-client';
import type { Census } from './census.ts';
import { createKindLabels } from './kinds.ts';
import type { ProcessReport } from './processes.ts';

/** In seconds, from a hit in memory to a database that is slow. */
const LOOKUP_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
const COMPUTE_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const PROPAGATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];

const BREAKER_STATES = ['closed', 'half-open', 'open'] as const;

export interface MetricsOptions {
  readonly cache: Cache;
  /** `host:pid`, on every series: one scrape tells of all processes. */
  readonly process: string;
  readonly report: () => ProcessReport;
  /** Null: there is none that could be up. */
  readonly redisUp: () => boolean | null;
}

/** The metrics of this process as JSON, for other processes to show beside their own. */
export type MetricsJson = readonly MetricObject[];

export interface Metrics {
  readonly registry: Registry;
  close(): void;
}

/** Counters and gauges for Prometheus, fed by the engine's events. Labels come from closed lists only. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process: options.process });
  collectDefaultMetrics({ register: registry });
  const note = createEventMetrics(registry);
  createGauges(registry, options);
  const unsubscribe = options.cache.events.subscribe(note);
  return {
    registry,
    close() {
      unsubscribe();
      registry.clear();
    },
  };
}

function createEventMetrics(register: Registry): (event: CacheEvent) => void {
  const registers = [register];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const lookups = counter('tbi_cache_lookups_total', 'Lookups by kind, the tier that answered, and why', [
    'kind',
    'tier',
    'reason',
  ]);
  const lookupSeconds = new Histogram({
    name: 'tbi_cache_lookup_duration_seconds',
    help: 'How long a lookup took, with the computation where there was one',
    labelNames: ['kind', 'tier'],
    buckets: LOOKUP_BUCKETS,
    registers,
  });
  const computations = counter(
    'tbi_cache_computations_total',
    'Computations: computed or failed here, joined one of this process, waited for another process',
    ['kind', 'outcome'],
  );
  const computeSeconds = new Histogram({
    name: 'tbi_cache_compute_duration_seconds',
    help: 'How long computing took',
    labelNames: ['kind'],
    buckets: COMPUTE_BUCKETS,
    registers,
  });
  const saved = counter(
    'tbi_cache_stampedes_saved_total',
    'Callers who got the result of a computation of others',
    ['kind'],
  );
  const stores = counter('tbi_cache_stores_total', 'Values offered to the store, and what became of them', [
    'kind',
    'outcome',
  ]);
  const storedBytes = counter('tbi_cache_stored_bytes_total', 'Bytes of stored values', ['kind']);
  const invalidations = counter('tbi_cache_invalidations_total', 'Invalidations by this process', [
    'mode',
    'recorded',
  ]);
  const applied = counter('tbi_cache_records_applied_total', 'Records of the log read from it', []);
  const propagation = new Histogram({
    name: 'tbi_cache_propagation_seconds',
    help: 'From the record of an invalidation to its effect in this process',
    buckets: PROPAGATION_BUCKETS,
    registers,
  });
  const epochs = counter('tbi_cache_epochs_total', 'New epochs: everything from before became a miss', []);
  const reloads = counter('tbi_cache_reloads_total', 'Times that all tag states were read anew', []);
  const errors = counter('tbi_cache_errors_total', 'What failed and was gone on without', [
    'operation',
    'code',
  ]);
  const kindLabel = createKindLabels();

  return (event) => {
    switch (event.type) {
      case 'lookup': {
        const { tier, reason } = event;
        const kind = kindLabel(event.kind);
        lookups.inc({ kind, tier, reason });
        lookupSeconds.observe({ kind, tier }, event.durationMs / 1000);
        break;
      }
      case 'compute': {
        const { outcome } = event;
        const kind = kindLabel(event.kind);
        computations.inc({ kind, outcome });
        if (outcome === 'joined' || outcome === 'waited') saved.inc({ kind });
        else computeSeconds.observe({ kind }, event.durationMs / 1000);
        break;
      }
      case 'store': {
        const kind = kindLabel(event.kind);
        stores.inc({ kind, outcome: event.outcome });
        if (event.outcome === 'stored') storedBytes.inc({ kind }, event.bytes);
        break;
      }
      case 'invalidate':
        invalidations.inc({ mode: event.mode, recorded: String(event.position !== null) });
        break;
      case 'applied':
        applied.inc();
        propagation.observe(Math.max(0, event.lagMs) / 1000);
        break;
      case 'epoch':
        epochs.inc();
        break;
      case 'reload':
        reloads.inc();
        break;
      case 'error':
        errors.inc({ operation: event.operation, code: event.code });
    }
  };
}

function createGauges(register: Registry, { report, redisUp }: MetricsOptions) {
  const registers = [register];
  function gauge(name: string, help: string, read: (own: ProcessReport) => number | null) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read(report());
        // What is not known has no sample; `reset` would make it 0.
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  }
  gauge('tbi_cache_l1_bytes', 'Memory that this process spends on its own copies', ({ l1 }) => l1.bytes);
  gauge('tbi_cache_l1_max_bytes', 'The most that it may spend', ({ l1 }) => l1.maxBytes);
  gauge('tbi_cache_l1_entries', 'Copies in the memory of this process', ({ l1 }) => l1.entries);
  gauge('tbi_cache_tag_states', 'Tags whose last invalidation is remembered', ({ tagStates }) => tagStates);
  gauge('tbi_cache_computing', 'Computations under way', ({ computing }) => computing);
  gauge(
    'tbi_cache_pending_invalidations',
    'Tags whose invalidation waits for Redis',
    (own) => own.pendingInvalidations,
  );
  gauge('tbi_cache_synced', '1: this process has proof of having read the whole log', ({ synced }) =>
    Number(synced),
  );
  gauge('tbi_cache_log_lag_seconds', 'How much of the log this process has not read', ({ lagMs }) =>
    lagMs === null ? null : lagMs / 1000,
  );
  gauge('tbi_redis_up', '1: the Redis of the cache is connected and answers', () => {
    const up = redisUp();
    return up === null ? null : Number(up);
  });
  new Gauge({
    name: 'tbi_redis_breaker_state',
    help: '1 for the state that the breaker is in',
    labelNames: ['state'],
    registers,
    collect() {
      const { breaker } = report();
      for (const state of BREAKER_STATES) this.set({ state }, Number(state === breaker));
    },
  });
}

/** What was counted of all processes' entries: for one scrape, and without the label of any process. */
export async function censusMetrics(census: Census | null): Promise<MetricsJson> {
  const registry = new Registry();
  const registers = [registry];
  const entries = new Gauge({
    name: 'tbi_cache_entries',
    help: 'Entries by kind, as last counted',
    labelNames: ['kind'],
    registers,
  });
  const sessions = new Gauge({
    name: 'tbi_cache_sessions',
    help: 'Sessions in Redis, as last counted',
    registers,
  });
  const kindLabel = createKindLabels();
  for (const [kind, { entries: count }] of Object.entries(census?.kinds ?? {})) {
    entries.inc({ kind: kindLabel(kind) }, count);
  }
  const known = census?.sessions ?? null;
  if (known === null) sessions.remove();
  else sessions.set(known);
  return registry.getMetricsAsJSON();
}

/** The text format of several processes' metrics, one series for each of them, and of what they have in common. */
export async function renderMetrics(processes: readonly MetricsJson[], common: MetricsJson): Promise<string> {
  // A process of another release may still tell of it too.
  const once = new Set(common.map(({ name }) => name));
  const own = processes.flat().filter(({ name }) => !once.has(name));
  const merged = new Map<string, MetricObject & { values: unknown[] }>();
  for (const metric of [...common, ...own] as (MetricObject & { values: unknown[] })[]) {
    const known = merged.get(metric.name);
    merged.set(
      metric.name,
      known === undefined ? metric : { ...known, values: [...known.values, ...metric.values] },
    );
  }
  const registry = new Registry();
  for (const metric of merged.values()) {
    // What the registry asks of a metric is its name and `get`; it has no type for one that was made elsewhere.
    registry.registerMetric({ name: metric.name, get: async () => metric } as unknown as Gauge);
  }
  return registry.metrics();
}
