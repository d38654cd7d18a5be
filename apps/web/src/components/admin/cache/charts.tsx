'use client';

import type { Sample } from '@tbi/operations';
import { useMemo, useState } from 'react';
import type { Figures } from './figures.ts';
import type { Labels } from './labels.ts';
import { type Series, TimeChart } from './time-chart.tsx';

interface ChartsProps {
  readonly samples: readonly Sample[];
  readonly labels: Labels;
  readonly figures: Figures;
}

type Split = 'tiers' | 'kinds' | 'reasons';
const SPLITS: readonly Split[] = ['tiers', 'kinds', 'reasons'];

export function Charts({ samples, labels, figures }: ChartsProps) {
  const [split, setSplit] = useState<Split>('tiers');
  const timesMs = useMemo(() => samples.map(({ atMs }) => atMs), [samples]);
  const line = (label: string, read: (sample: Sample) => number | null): Series => ({
    label,
    values: samples.map(read),
  });
  const perSecond = useMemo(() => perSecondOf(samples, split), [samples, split]);
  const shared = { timesMs, formatTime: figures.time, keyboardHint: labels.chartKeys };
  const splitLabels = { tiers: labels.byTier, kinds: labels.byKind, reasons: labels.byReason };
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <TimeChart
        {...shared}
        title={labels.hitRate}
        series={[
          { label: labels.ourCache, values: rollingHitRate(samples), continuous: true },
          line(labels.redisItself, ({ redis }) => rateOf(redis?.hits, redis?.misses)),
        ]}
        format={figures.share}
        least={1}
      />
      <TimeChart
        {...shared}
        title={labels.latency}
        series={[
          { ...line(labels.median, ({ p50Ms }) => p50Ms), continuous: true },
          { ...line(labels.slowest, ({ p99Ms }) => p99Ms), continuous: true },
          line(labels.roundTrip, ({ redis }) => redis?.roundTripMs ?? null),
        ]}
        format={figures.duration}
      />
      <div className="min-w-0 lg:col-span-2">
        <div role="radiogroup" aria-label={labels.traffic} className="mb-2 flex flex-wrap gap-2">
          {SPLITS.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="split"
                className="sr-only"
                checked={split === one}
                onChange={() => setSplit(one)}
              />
              {splitLabels[one]}
            </label>
          ))}
        </div>
        <TimeChart {...shared} title={labels.traffic} series={perSecond} format={figures.fine} least={1} />
      </div>
      <TimeChart
        {...shared}
        title={labels.redisMemory}
        series={[line(labels.inUse, ({ redis }) => redis?.usedMemoryBytes ?? null)]}
        format={figures.bytes}
      />
      <TimeChart
        {...shared}
        title={labels.redisClients}
        series={[
          line(labels.clients, ({ redis }) => redis?.connections ?? null),
          line(labels.evictions, ({ redis }) => redis?.evicted ?? null),
          line(labels.commandsPerSecond, ({ redis }) => redis?.commandsPerSecond ?? null),
        ]}
        format={figures.whole}
        least={10}
      />
    </div>
  );
}

const rateOf = (hits = 0, misses = 0) => (hits + misses === 0 ? null : hits / (hits + misses));

/** Samples of 30 seconds: in two seconds there may be no lookup at all. */
const WINDOW = 15;

function rollingHitRate(samples: readonly Sample[]): (number | null)[] {
  let lookups = 0;
  let hits = 0;
  const add = (sample: Sample | undefined, sign: 1 | -1) => {
    lookups += sign * (sample?.lookups ?? 0);
    hits += sign * (sample?.lookups ?? 0) * (sample?.hitRate ?? 0);
  };
  return samples.map((sample, index) => {
    add(sample, 1);
    add(samples[index - WINDOW], -1);
    return lookups === 0 ? null : Math.min(1, hits / lookups);
  });
}

/** The names that occur in the history, the most frequent first, as lookups a second. */
function perSecondOf(samples: readonly Sample[], split: Split): Series[] {
  const totals = new Map<string, number>();
  for (const sample of samples) {
    for (const [name, count] of Object.entries(sample[split])) {
      totals.set(name, (totals.get(name) ?? 0) + count);
    }
  }
  const names = [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return (names.length === 0 ? ['–'] : names.slice(0, 8)).map((label) => ({
    label,
    values: samples.map((sample, index) => {
      const seconds = (sample.atMs - (samples[index - 1]?.atMs ?? sample.atMs - 2_000)) / 1_000;
      return (sample[split][label] ?? 0) / Math.max(seconds, 0.1);
    }),
  }));
}
