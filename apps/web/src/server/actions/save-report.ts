'use server';

import { updateReport } from '../report-writes.ts';
import { type FormState, fieldErrorsOf, formFailure, readFields } from './form.ts';
import { refusal } from './refusal.ts';
import { type ReportField, reportFields, reportFormSchema } from './report-form.ts';
import { writeAndRefresh } from './write-and-refresh.ts';

/**
 * Saves the form of a report; administrators only. Fields: `id`, `version` (what the form was opened with),
 * `priceSingleUser`, `priceMultiUser`, `priceEnterprise` (US dollars, `3950` or `3950.00`), `featured` (a
 * checkbox), and `title.<locale>` and `summary.<locale>` for every language.
 *
 * Fails with `conflict` when the report has changed since the form was opened.
 */
export async function saveReport(
  _previous: FormState<ReportField>,
  formData: FormData,
): Promise<FormState<ReportField>> {
  const values = readFields(formData, reportFields);
  const refused = await refusal('admin');
  if (refused !== null) return formFailure(refused, values);
  const form = reportFormSchema.safeParse(values);
  if (!form.success) return formFailure('invalid', values, fieldErrorsOf(form.error, reportFields));
  const outcome = await writeAndRefresh(() => updateReport(form.data));
  return outcome === 'saved' ? { ok: true } : formFailure(outcome, values);
}
