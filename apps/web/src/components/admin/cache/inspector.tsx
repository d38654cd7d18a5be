'use client';

import type { EntryView, Found } from '@tbi/operations';
import { type FormEvent, useState } from 'react';
import { ask } from './ask.ts';
import { EntryDetails } from './entry-details.tsx';
import type { Figures } from './figures.ts';
import { fill, type Labels } from './labels.ts';
import { QueryField } from './query-field.tsx';
import { Table } from './table.tsx';

/** Finds entries by kind, URL, model or tag, and shows one of them. */
export function Inspector({ labels, figures }: { labels: Labels; figures: Figures }) {
  const [found, setFound] = useState<Found | null>(null);
  const [chosen, setChosen] = useState<EntryView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const query = new URLSearchParams(
      ['kind', 'text', 'tag'].flatMap((name) => {
        const value = String(fields.get(name) ?? '').trim();
        return value === '' ? [] : [[name, value]];
      }),
    );
    setPending(true);
    setChosen(null);
    const answer = await ask<Found>(`/api/admin/cache/entries?${query}`);
    setPending(false);
    setProblem(answer.ok ? null : (answer.problem ?? labels.failed));
    setFound(answer.ok ? answer.value : null);
  }

  async function choose(entryId: string) {
    const answer = await ask<{ entry: EntryView }>(
      `/api/admin/cache/entries?${new URLSearchParams({ id: entryId })}`,
    );
    setProblem(answer.ok ? null : labels.entryGone);
    setChosen(answer.ok ? answer.value.entry : null);
  }

  return (
    <div className="mt-4 space-y-4">
      <form onSubmit={search} className="grid items-end gap-3 sm:grid-cols-[1fr_2fr_1fr_auto]">
        <QueryField name="kind" label={labels.kind} example="page" />
        <QueryField name="text" label={labels.urlOrModel} example="/en/reports" />
        <QueryField name="tag" label={labels.tag} example="reports" />
        <button type="submit" className="button button-primary" disabled={pending}>
          {labels.find}
        </button>
      </form>
      <div aria-live="polite">
        {problem !== null && <p className="text-sm text-alarm">{problem}</p>}
        {found !== null && (
          <>
            <p className="text-sm text-muted">
              {fill(found.complete ? labels.foundOf : labels.foundOfSome, {
                count: figures.whole(found.entries.length),
                total: figures.whole(found.lookedAt),
              })}
            </p>
            <Table
              head={[labels.entry, labels.kind, labels.size, labels.age, labels.left, labels.state]}
              empty={labels.none}
              rows={found.entries.map((entry) => ({
                key: entry.id,
                cells: [
                  <button
                    key="choose"
                    type="button"
                    className="text-link text-start font-semibold break-all"
                    onClick={() => choose(entry.id)}
                  >
                    {entry.name}
                  </button>,
                  entry.kind,
                  figures.bytes(entry.bytes),
                  figures.duration(entry.ageMs),
                  figures.duration(entry.keptForMs),
                  <code key="state">{entry.reason}</code>,
                ],
              }))}
            />
          </>
        )}
      </div>
      {chosen !== null && <EntryDetails entry={chosen} labels={labels} figures={figures} />}
    </div>
  );
}
