'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { safeReturnPath } from '../auth/return-path.ts';
import { endSession, startSession } from '../auth/session-cookies.ts';
import { type FormFailure, type FormState, formFailure, readFields } from './form.ts';

const fields = ['email', 'password', 'callbackUrl', 'locale'] as const;
export type SignInField = (typeof fields)[number];

/**
 * Signs in and goes on to `callbackUrl`. Fields: `email`, `password`, `locale`, `callbackUrl` (a path of this
 * site; default: the account page). Works as a plain form, without JavaScript: a failure then leads back to the
 * sign-in page, with the `FormError` in its parameter `error`.
 */
export async function signIn(
  _previous: FormState<SignInField>,
  formData: FormData,
): Promise<FormState<SignInField>> {
  const { password, ...values } = readFields(formData, fields);
  const failure = await trySignIn(values, password);
  const locale = isLocale(values.locale) ? values.locale : defaultLocale;
  if (failure === null) redirect(safeReturnPath(values.callbackUrl, `/${locale}/account`));
  if (await wasSentByScript()) return failure;
  const query = new URLSearchParams({ error: failure.error, callbackUrl: values.callbackUrl });
  redirect(`/${locale}/sign-in?${query}`);
}

async function trySignIn(
  values: Readonly<Record<Exclude<SignInField, 'password'>, string>>,
  password: string,
): Promise<FormFailure<SignInField> | null> {
  const missing = { code: 'required' } as const;
  if (values.email.trim() === '' || password === '') {
    return formFailure('invalid', values, {
      ...(values.email.trim() === '' && { email: missing }),
      ...(password === '' && { password: missing }),
    });
  }
  const outcome = await startSession(values.email, password);
  return outcome === 'signed-in' ? null : formFailure(outcome, values);
}

/**
 * Without a script, Next 16.4 answers the form of a partly prerendered page with the page's dynamic parts
 * alone, which shows no result: such a form must be answered with a redirect.
 */
async function wasSentByScript(): Promise<boolean> {
  return (await headers()).has('next-action');
}

/** Signs out and goes to the home page. Field: `locale`. */
export async function signOut(formData: FormData): Promise<void> {
  const { locale } = readFields(formData, ['locale']);
  await endSession();
  redirect(`/${isLocale(locale) ? locale : defaultLocale}`);
}
