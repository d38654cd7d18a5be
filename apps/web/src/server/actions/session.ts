'use server';

import { redirect } from 'next/navigation';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import { endSession, googleAddress, startSession, useLink } from '../auth/next-auth-calls.ts';
import { safeReturnPath } from '../auth/return-path.ts';
import { logError } from '../log.ts';
import { answerForm } from './answer.ts';
import { type FormFailure, type FormState, formFailure, readFields } from './form.ts';

const fields = ['email', 'password', 'callbackUrl', 'locale'] as const;
export type SignInField = (typeof fields)[number];

const localeOf = (value: string) => (isLocale(value) ? value : defaultLocale);

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
  const locale = localeOf(values.locale);
  if (failure === null) redirect(safeReturnPath(values.callbackUrl, paths.account(locale)));
  return answerForm(failure, paths.signIn(locale), { callbackUrl: values.callbackUrl });
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

const linkFields = ['email', 'token', 'callbackUrl', 'locale'] as const;
export type LinkField = (typeof linkFields)[number];

/** Signs in by a link that was sent, and goes on. Fields: `email`, `token`, `callbackUrl`, `locale`. */
export async function signInByLink(
  _previous: FormState<LinkField>,
  formData: FormData,
): Promise<FormState<LinkField>> {
  const { email, token, callbackUrl, locale: language } = readFields(formData, linkFields);
  const locale = localeOf(language);
  const outcome = email === '' || token === '' ? 'link' : await useLink(email, token);
  if (outcome === 'signed-in') redirect(safeReturnPath(callbackUrl, paths.account(locale)));
  return answerForm(formFailure<LinkField>(outcome, {}), paths.signUp(locale), { callbackUrl });
}

/** Goes to Google. Fields: `callbackUrl`, `locale`. */
export async function signInWithGoogle(formData: FormData): Promise<void> {
  const { callbackUrl, locale: language } = readFields(formData, ['callbackUrl', 'locale']);
  const locale = localeOf(language);
  const address = await googleAddress(safeReturnPath(callbackUrl, paths.account(locale)));
  redirect(address ?? `${paths.signIn(locale)}?error=unavailable`);
}

/** Signs out and goes to the home page; back to the account when the session cannot be ended. Field: `locale`. */
export async function signOut(formData: FormData): Promise<void> {
  const { locale: language } = readFields(formData, ['locale']);
  const locale = localeOf(language);
  let ended = true;
  try {
    await endSession();
  } catch (error) {
    logError('A session could not be ended', error);
    ended = false;
  }
  redirect(ended ? paths.home(locale) : `${paths.account(locale)}?error=unavailable`);
}
