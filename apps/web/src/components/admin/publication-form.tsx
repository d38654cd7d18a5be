'use client';

import { useActionState } from 'react';
import type { Messages } from '../../messages/shape.ts';
import { setPublished } from '../../server/actions/set-published.ts';
import type { EditableReport } from '../../server/admin.ts';
import { FormAlert } from '../form/form-alert.tsx';
import type { FormTexts } from '../form/texts.ts';

interface PublicationFormProps {
  report: Pick<EditableReport, 'id' | 'version' | 'status'>;
  labels: Messages['admin'];
  texts: FormTexts;
}

/** Puts a report before visitors, or takes it away from them. */
export function PublicationForm({ report, labels, texts }: PublicationFormProps) {
  const [state, action, pending] = useActionState(setPublished, null);
  const published = report.status === 'published';
  return (
    <form action={action} className="space-y-4">
      <input type="hidden" name="id" value={report.id} />
      <input type="hidden" name="version" value={report.version} />
      <input type="hidden" name="published" value={String(!published)} />
      <p role="status" className="text-sm">
        {published ? labels.isPublished : labels.isDraft}
      </p>
      <button type="submit" className="button button-quiet w-full" disabled={pending}>
        {published ? labels.unpublish : labels.publish}
      </button>
      {state?.ok === false && <FormAlert error={state.error} texts={texts} />}
    </form>
  );
}
