import type { ProcessReport } from '@tbi/operations';
import type { Figures } from './figures.ts';
import type { Labels } from './labels.ts';
import { Table } from './table.tsx';

interface ProcessesProps {
  readonly processes: readonly ProcessReport[];
  readonly labels: Labels;
  readonly figures: Figures;
}

/** Every live process, and how far it has read the invalidation log. */
export function Processes({ processes, labels, figures }: ProcessesProps) {
  return (
    <Table
      head={[
        labels.process,
        labels.lag,
        labels.ownMemory,
        labels.tagsKnown,
        labels.pending,
        labels.breaker,
        labels.upFor,
      ]}
      empty={labels.none}
      rows={processes.map((report) => ({
        key: report.id,
        cells: [
          report.id,
          report.lagMs === null ? '–' : figures.duration(report.lagMs),
          figures.bytes(report.l1.bytes),
          figures.whole(report.tagStates),
          figures.whole(report.pendingInvalidations),
          report.breaker,
          figures.duration(Math.max(0, report.atMs - Date.parse(report.startedAt))),
        ],
      }))}
    />
  );
}
