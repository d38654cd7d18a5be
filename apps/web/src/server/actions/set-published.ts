'use server';

import { setReportStatus } from '../report-writes.ts';
import { type FormState, formFailure, readFields } from './form.ts';
import { refusal } from './refusal.ts';
import { type StatusField, statusFields, statusFormSchema } from './report-form.ts';
import { writeAndRefresh } from './write-and-refresh.ts';

/**
 * Publishes or withdraws a report; administrators only. Fields: `id`, `version` (what the page was rendered
 * with) and `published`: `true` or `false`. Fails with `conflict` when the report has changed since.
 */
export async function setPublished(
  _previous: FormState<StatusField>,
  formData: FormData,
): Promise<FormState<StatusField>> {
  const values = readFields(formData, statusFields);
  const refused = await refusal('admin');
  if (refused !== null) return formFailure(refused, values);
  const form = statusFormSchema.safeParse(values);
  if (!form.success) return formFailure('invalid', values);
  const { id, version, published } = form.data;
  const outcome = await writeAndRefresh(() =>
    setReportStatus(id, version, published ? 'published' : 'draft'),
  );
  return outcome === 'saved' ? { ok: true } : formFailure(outcome, values);
}
