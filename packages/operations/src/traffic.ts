import type { CacheEventSource } from '@tbi/cache';
import { displayName } from './display-name.ts';
import { createHotEntries, type HotEntry } from './hot-entries.ts';
import { createKindLabels } from './kinds.ts';

/** Upper bounds of the latency histogram, in ms; the last bucket takes the rest. */
export const LATENCY_BOUNDS_MS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 1_000] as const;

/** What happened in one process since it started. Counters only grow, so that two of them make a rate. */
export interface Traffic {
  /** `kind|tier|reason` → lookups. */
  readonly lookups: Readonly<Record<string, number>>;
  /** Lookups by duration: one more than there are bounds. */
  readonly latency: readonly number[];
  readonly invalidations: number;
  /** Callers who got the result of somebody else's computation instead of computing too. */
  readonly stampedesSaved: number;
  readonly hot: readonly HotEntry[];
}

export interface TrafficCollector {
  read(): Traffic;
  close(): void;
}

export function collectTraffic(events: CacheEventSource): TrafficCollector {
  const kindLabel = createKindLabels();
  const lookups = new Map<string, number>();
  const latency = new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0);
  const hot = createHotEntries();
  let invalidations = 0;
  let stampedesSaved = 0;

  const close = events.subscribe((event) => {
    if (event.type === 'lookup') {
      const name = `${kindLabel(event.kind)}|${event.tier}|${event.reason}`;
      lookups.set(name, (lookups.get(name) ?? 0) + 1);
      const bucket = LATENCY_BOUNDS_MS.findIndex((bound) => event.durationMs <= bound);
      const index = bucket === -1 ? LATENCY_BOUNDS_MS.length : bucket;
      latency[index] = (latency[index] ?? 0) + 1;
      hot.note(event.kind, event.key);
    } else if (event.type === 'invalidate') {
      invalidations += 1;
    } else if (event.type === 'compute' && (event.outcome === 'joined' || event.outcome === 'waited')) {
      stampedesSaved += 1;
    }
  });

  return {
    read: () => ({
      lookups: Object.fromEntries(lookups),
      latency: [...latency],
      invalidations,
      stampedesSaved,
      hot: hot.top(10).map(({ kind, name, lookups: count }) => ({
        kind,
        name: displayName(kind, name),
        lookups: count,
      })),
    }),
    close,
  };
}

/** The bound, in ms, that a part (0…1) of the lookups stay below; null without any. */
export function percentile(latency: readonly number[], part: number): number | null {
  const total = latency.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [index, count] of latency.entries()) {
    seen += count;
    if (seen >= total * part) return LATENCY_BOUNDS_MS[index] ?? LATENCY_BOUNDS_MS.at(-1) ?? null;
  }
  return null;
}
