import type { Overview, Sample } from '@tbi/operations';
import type { Figures } from './figures.ts';
import type { Labels } from './labels.ts';

interface StatusLineProps {
  readonly connected: boolean;
  readonly overview: Overview | null;
  readonly samples: readonly Sample[];
  readonly labels: Labels;
  readonly figures: Figures;
}

/** What one must know at a glance: does Redis serve, and how well does the cache. */
export function StatusLine({ connected, overview, samples, labels, figures }: StatusLineProps) {
  const states = {
    ready: labels.stateReady,
    degraded: labels.stateDegraded,
    down: labels.stateDown,
    memory: labels.stateMemory,
  };
  const well = overview?.status === 'ready' || overview?.status === 'memory';
  const recent = samples.slice(-150);
  const lookups = recent.reduce((sum, sample) => sum + sample.lookups, 0);
  const hits = recent.reduce((sum, { hitRate, lookups: count }) => sum + (hitRate ?? 0) * count, 0);
  const redis = samples.at(-1)?.redis ?? null;
  const processes = overview?.processes ?? [];
  const facts: readonly (readonly [string, string])[] = [
    [labels.hitRateNow, figures.share(lookups === 0 ? null : hits / lookups)],
    [labels.lookupsNow, figures.whole(lookups)],
    [labels.processes, figures.whole(processes.length)],
    [labels.ownMemory, figures.bytes(processes.reduce((sum, { l1 }) => sum + l1.bytes, 0))],
    [labels.redisMemory, redis === null ? '–' : figures.bytes(redis.usedMemoryBytes)],
    [labels.saved, figures.whole(processes.reduce((sum, { traffic }) => sum + traffic.stampedesSaved, 0))],
  ];
  return (
    <div className="border-t border-ink pt-4">
      <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          aria-hidden="true"
          className={`size-2.5 rounded-full ${overview === null ? 'bg-edge' : well ? 'bg-accent' : 'bg-alarm'}`}
        />
        <span className="font-semibold">
          {overview === null ? labels.connecting : states[overview.status]}
        </span>
        {overview !== null && !well && <span className="text-sm text-muted">{overview.reason}</span>}
        {overview !== null && !connected && <span className="text-sm text-alarm">{labels.disconnected}</span>}
      </p>
      <dl className="figures mt-4 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="kicker">{name}</dt>
            <dd className="font-serif text-xl">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
