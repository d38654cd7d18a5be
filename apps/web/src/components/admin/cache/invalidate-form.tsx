'use client';

import type { InvalidationAnswer, Reach } from '@tbi/operations';
import { type FormEvent, useId, useRef, useState } from 'react';
import { ask } from './ask.ts';
import type { Figures } from './figures.ts';
import { fill, type Labels } from './labels.ts';
import { QueryField } from './query-field.tsx';

interface Request {
  readonly tags: readonly string[];
  readonly paths: readonly string[];
  readonly kinds: readonly string[];
}

/** Names what to invalidate, shows what that reaches, and does it after a confirmation: it cannot be undone. */
export function InvalidateForm({ labels, figures }: { labels: Labels; figures: Figures }) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [request, setRequest] = useState<Request | null>(null);
  const [reach, setReach] = useState<Reach | null>(null);
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null);
  const [pending, setPending] = useState(false);

  async function preview(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const list = (name: string) =>
      String(fields.get(name) ?? '')
        .split(/[\s,]+/)
        .filter((part) => part !== '');
    const asked = { tags: list('tags'), paths: list('paths'), kinds: list('kinds') };
    setPending(true);
    setSaid(null);
    const answer = await ask<Reach>('/api/admin/cache/preview', asked);
    setPending(false);
    if (!answer.ok) return setSaid({ text: answer.problem ?? labels.failed, wrong: true });
    setRequest(asked);
    setReach(answer.value);
    dialog.current?.showModal();
  }

  async function confirm() {
    if (request === null) return;
    setPending(true);
    const answer = await ask<InvalidationAnswer>('/api/admin/cache/invalidate', { ...request, wait: true });
    setPending(false);
    dialog.current?.close();
    if (!answer.ok) return setSaid({ text: answer.problem ?? labels.failed, wrong: true });
    const { position, applied } = answer.value;
    if (position === null) return setSaid({ text: labels.willBeRecorded, wrong: true });
    const text = applied?.applied ? labels.appliedByAll : labels.notYetApplied;
    const waitingFor = applied?.waitingFor.join(', ') ?? '';
    setSaid({
      text: fill(text, { count: figures.whole(applied?.processes ?? 0), position, processes: waitingFor }),
      wrong: applied?.applied === false,
    });
  }

  return (
    <div className="mt-4">
      <p className="max-w-prose text-sm text-muted">{labels.invalidateHelp}</p>
      <form onSubmit={preview} className="mt-4 grid items-end gap-3 sm:grid-cols-[1fr_1fr_1fr_auto]">
        <QueryField name="tags" label={labels.tags} example="reports" />
        <QueryField name="paths" label={labels.paths} example="/en/reports/*" />
        <QueryField name="kinds" label={labels.kinds} example="page api" />
        <button type="submit" className="button button-primary" disabled={pending}>
          {labels.preview}
        </button>
      </form>
      <p role="status" className={`mt-3 text-sm ${said?.wrong ? 'text-alarm' : ''}`}>
        {said?.text}
      </p>
      <dialog ref={dialog} aria-labelledby={`${id}-title`} className="dialog">
        <h3 id={`${id}-title`} className="text-xl">
          {labels.confirmTitle}
        </h3>
        {reach !== null && (
          <div className="mt-3 space-y-3 text-sm">
            <p>
              {fill(reach.complete ? labels.reaches : labels.reachesAtLeast, {
                count: figures.whole(reach.entries),
                size: figures.bytes(reach.bytes),
                total: figures.whole(reach.lookedAt),
              })}
            </p>
            <ul className="space-y-0.5 text-xs break-all text-muted">
              {reach.examples.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
            {request !== null && request.paths.length > 0 && <p>{labels.reachesReadsToo}</p>}
            <p>{labels.confirmText}</p>
          </div>
        )}
        <div className="mt-5 flex flex-wrap justify-end gap-3">
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            {labels.cancel}
          </button>
          <button type="button" className="button button-primary" disabled={pending} onClick={confirm}>
            {labels.confirm}
          </button>
        </div>
      </dialog>
    </div>
  );
}
