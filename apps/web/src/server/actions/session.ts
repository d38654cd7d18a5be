'use server';

import { redirect } from 'next/navigation';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { safeReturnPath } from '../auth/return-path.ts';
import { endSession, startSession } from '../auth/session-cookies.ts';
import { type FormState, formFailure, readFields } from './form.ts';

const fields = ['email', 'password', 'callbackUrl', 'locale'] as const;
export type SignInField = (typeof fields)[number];

/**
 * Signs in and goes on to `callbackUrl`. Fields: `email`, `password`, `locale`, `callbackUrl` (a path of this
 * site; default: the account page). Works as a plain form, without JavaScript.
 */
export async function signIn(
  _previous: FormState<SignInField>,
  formData: FormData,
): Promise<FormState<SignInField>> {
  const { password, ...values } = readFields(formData, fields);
  const missing = { code: 'required' } as const;
  if (values.email.trim() === '' || password === '') {
    return formFailure('invalid', values, {
      ...(values.email.trim() === '' && { email: missing }),
      ...(password === '' && { password: missing }),
    });
  }
  const outcome = await startSession(values.email, password);
  if (outcome !== 'signed-in') return formFailure(outcome, values);
  const locale = isLocale(values.locale) ? values.locale : defaultLocale;
  redirect(safeReturnPath(values.callbackUrl, `/${locale}/account`));
}

/** Signs out and goes to the home page. Field: `locale`. */
export async function signOut(formData: FormData): Promise<void> {
  const { locale } = readFields(formData, ['locale']);
  await endSession();
  redirect(`/${isLocale(locale) ? locale : defaultLocale}`);
}
