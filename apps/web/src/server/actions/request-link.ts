'use server';

import { z } from 'zod';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import { emailAddress } from '../auth/email-address.ts';
import { sendsLinks, takeShownLink } from '../auth/email-provider.ts';
import { requestLink } from '../auth/next-auth-calls.ts';
import { safeReturnPath } from '../auth/return-path.ts';
import { clientAddress } from '../client-address.ts';
import { linkSenderThrottle, linkThrottle } from '../throttles.ts';
import { answerForm } from './answer.ts';
import { type FormFailure, fieldErrorsOf, formFailure, readFields } from './form.ts';

const fields = ['email', 'callbackUrl', 'locale'] as const;
export type LinkRequestField = (typeof fields)[number];

/** `link`: the link itself, where nothing is sent; only in development. */
export type LinkRequestState =
  | { readonly ok: true; readonly link: string | null }
  | FormFailure<LinkRequestField>
  | null;

const schema = z.object({ email: emailAddress });

/**
 * Sends a link that signs its reader in, and makes them an account if they have none. The answer is the same
 * whether or not there is one. Fields: `email`, `callbackUrl` (a path of this site), `locale`.
 */
export async function sendLink(_previous: LinkRequestState, formData: FormData): Promise<LinkRequestState> {
  const values = readFields(formData, fields);
  const locale = isLocale(values.locale) ? values.locale : defaultLocale;
  const returnTo = safeReturnPath(values.callbackUrl, paths.account(locale));
  return answerForm(await trySend(values, returnTo), paths.signUp(locale), {
    callbackUrl: values.callbackUrl,
  });
}

async function trySend(
  values: Readonly<Record<LinkRequestField, string>>,
  returnTo: string,
): Promise<NonNullable<LinkRequestState>> {
  const form = schema.safeParse(values);
  if (!form.success) return formFailure('invalid', values, fieldErrorsOf(form.error, fields));
  const { email } = form.data;
  if (!sendsLinks()) return formFailure('unavailable', values);
  const allowed =
    (await linkSenderThrottle().take(await clientAddress())) && (await linkThrottle().take(email));
  if (!allowed) return formFailure('too-many', values);
  const outcome = await requestLink(email, returnTo);
  return outcome === 'sent' ? { ok: true, link: takeShownLink(email) } : formFailure(outcome, values);
}
