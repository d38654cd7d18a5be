import type { Overview } from '@tbi/operations';
import type { Figures } from './figures.ts';
import { fill, type Labels } from './labels.ts';
import { Table } from './table.tsx';

interface EntryListsProps {
  readonly overview: Overview | null;
  readonly labels: Labels;
  readonly figures: Figures;
}

const SHOWN = 8;

/** How many entries there are of each kind, the largest, and those that are asked for most. */
export function EntryLists({ overview, labels, figures }: EntryListsProps) {
  const census = overview?.census ?? null;
  return (
    <div className="mt-2 grid gap-x-10 gap-y-8 lg:grid-cols-3">
      <div>
        <h3 className="text-lg">{labels.byKind}</h3>
        <Table
          compact
          head={[labels.kind, labels.entries, labels.size]}
          empty={labels.counting}
          rows={[
            ...Object.entries(census?.kinds ?? {}).map(([kind, { entries, bytes }]) => ({
              key: kind,
              cells: [kind, figures.whole(entries), figures.bytes(bytes)],
            })),
            ...(census?.sessions == null
              ? []
              : [{ key: 'sessions', cells: ['sessions', figures.whole(census.sessions), '–'] }]),
          ]}
        />
        {census !== null && (
          <p className="kicker mt-2">{fill(labels.countedAt, { time: figures.time(census.at) })}</p>
        )}
      </div>
      <div>
        <h3 className="text-lg">{labels.hottest}</h3>
        <Table
          compact
          head={[labels.entry, labels.kind, labels.lookups]}
          empty={labels.none}
          rows={hottest(overview)
            .slice(0, SHOWN)
            .map(({ kind, name, lookups }) => ({
              key: `${kind} ${name}`,
              cells: [name, kind, figures.whole(lookups)],
            }))}
        />
      </div>
      <div>
        <h3 className="text-lg">{labels.largest}</h3>
        <Table
          compact
          head={[labels.entry, labels.kind, labels.size]}
          empty={labels.none}
          rows={(census?.largest ?? [])
            .slice(0, SHOWN)
            .map(({ id, name, kind, bytes }) => ({ key: id, cells: [name, kind, figures.bytes(bytes)] }))}
        />
      </div>
    </div>
  );
}

/** Of all processes together. */
function hottest(overview: Overview | null) {
  const sums = new Map<string, { kind: string; name: string; lookups: number }>();
  for (const { kind, name, lookups } of overview?.processes.flatMap(({ traffic }) => traffic.hot) ?? []) {
    const known = sums.get(`${kind} ${name}`);
    sums.set(`${kind} ${name}`, { kind, name, lookups: lookups + (known?.lookups ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.lookups - a.lookups);
}
