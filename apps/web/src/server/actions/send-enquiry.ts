'use server';

import { z } from 'zod';
import { locales } from '../../i18n/locales.ts';
import { getCurrentUserIfKnown } from '../auth.ts';
import { clientAddress } from '../client-address.ts';
import { createEnquiry } from '../enquiries.ts';
import { logError } from '../log.ts';
import { enquiryThrottle } from '../throttles.ts';
import { type FormState, fieldErrorsOf, formFailure, readFields } from './form.ts';

const fields = ['reportId', 'locale', 'name', 'email', 'company', 'message', 'website'] as const;
export type EnquiryField = (typeof fields)[number];

const schema = z.object({
  reportId: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  locale: z.enum(locales),
  name: z.string().trim().min(1).max(160),
  email: z.string().trim().min(1).max(191).pipe(z.email()),
  company: z
    .string()
    .trim()
    .max(160)
    .transform((text) => text || null),
  message: z.string().trim().min(10).max(5_000),
});

/**
 * Sends a visitor's question about a report. Fields: `reportId`, `locale`, `name`, `email`, `company`
 * (optional), `message`, and `website`: hidden from people, so that whoever fills it in is a program; such
 * an enquiry is dropped without telling.
 */
export async function sendEnquiry(
  _previous: FormState<EnquiryField>,
  formData: FormData,
): Promise<FormState<EnquiryField>> {
  const values = readFields(formData, fields);
  const form = schema.safeParse(values);
  if (!form.success) return formFailure('invalid', values, fieldErrorsOf(form.error, fields));
  if (values.website !== '') return { ok: true };
  if (!(await enquiryThrottle().take(await clientAddress()))) return formFailure('too-many', values);
  try {
    const user = await getCurrentUserIfKnown();
    const created = await createEnquiry({ ...form.data, userId: user?.id ?? null });
    return created ? { ok: true } : formFailure('not-found', values);
  } catch (error) {
    logError('An enquiry could not be stored', error);
    return formFailure('unavailable', values);
  }
}
