'use client';

import { useMemo } from 'react';
import { Section } from '../../layout/section.tsx';
import { Alerts } from './alerts.tsx';
import { Charts } from './charts.tsx';
import { EntryLists } from './entry-lists.tsx';
import { createFigures } from './figures.ts';
import { Inspector } from './inspector.tsx';
import { InvalidateForm } from './invalidate-form.tsx';
import { Invalidations } from './invalidations.tsx';
import type { Labels } from './labels.ts';
import { Processes } from './processes.tsx';
import { StatusLine } from './status-line.tsx';
import { useCacheStream } from './use-cache-stream.ts';

/** The cache as it is now and was in the last half hour, and the means to steer it. */
export function CacheDesk({ locale, labels }: { locale: string; labels: Labels }) {
  const { connected, samples, overview } = useCacheStream();
  const figures = useMemo(() => createFigures(locale), [locale]);
  const shared = { labels, figures };
  return (
    <div className="space-y-12 pb-8">
      <div className="space-y-4">
        <StatusLine {...shared} connected={connected} overview={overview} samples={samples} />
        <Alerts {...shared} alerts={overview?.alerts ?? []} />
      </div>
      <Section id="traffic" title={labels.lastHalfHour} className="space-y-6">
        <Charts {...shared} samples={samples} />
      </Section>
      <Section id="processes" title={labels.processes}>
        <Processes {...shared} processes={overview?.processes ?? []} />
      </Section>
      <Section id="invalidations" title={labels.invalidations}>
        <Invalidations {...shared} items={overview?.invalidations ?? []} />
      </Section>
      <Section id="entries" title={labels.entries}>
        <EntryLists {...shared} overview={overview} />
      </Section>
      <Section id="inspect" title={labels.inspect}>
        <Inspector {...shared} />
      </Section>
      <Section id="invalidate" title={labels.invalidate}>
        <InvalidateForm {...shared} />
      </Section>
    </div>
  );
}
