'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { defaultLocale, isLocale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import { endAllSessions, setName, setPassword } from '../account-writes.ts';
import { endSession, startSession } from '../auth/next-auth-calls.ts';
import { sessionStore } from '../auth/session-store.ts';
import { currentSessionToken, getCurrentUser } from '../auth.ts';
import { logError, logger } from '../log.ts';
import { accountThrottle } from '../throttles.ts';
import { answerForm } from './answer.ts';
import { type FormState, fieldErrorsOf, formFailure, readFields } from './form.ts';

/** What people change of their own account. Each asks who is signed in; nothing takes a user's id from a form. */

const localeOf = (value: string) => (isLocale(value) ? value : defaultLocale);

const profileFields = ['name', 'locale'] as const;
export type ProfileField = (typeof profileFields)[number];
const profileSchema = z.object({ name: z.string().trim().max(160) });

/** Field: `name`; empty: none. */
export async function saveProfile(
  _previous: FormState<ProfileField>,
  formData: FormData,
): Promise<FormState<ProfileField>> {
  const values = readFields(formData, profileFields);
  return answerForm(await trySaveProfile(values), paths.account(localeOf(values.locale)));
}

async function trySaveProfile(values: Record<ProfileField, string>) {
  const form = profileSchema.safeParse(values);
  if (!form.success) return formFailure('invalid', values, fieldErrorsOf(form.error, profileFields));
  try {
    const user = await getCurrentUser();
    if (user === null) return formFailure('forbidden', values);
    await setName(user.id, form.data.name || null);
    refresh();
    return { ok: true } as const;
  } catch (error) {
    logError('A profile could not be saved', error);
    return formFailure('unavailable', values);
  }
}

const passwordFields = ['present', 'next', 'locale'] as const;
export type PasswordField = (typeof passwordFields)[number];
const passwordSchema = z.object({ next: z.string().min(10).max(1_000) });

/**
 * Ends every session of the user, and begins a new one for this browser. Fields: `present` (the password so far, if
 * there is one), `next`.
 */
export async function savePassword(
  _previous: FormState<PasswordField>,
  formData: FormData,
): Promise<FormState<PasswordField>> {
  const { present, next, locale } = readFields(formData, passwordFields);
  return answerForm(await trySavePassword(present, next), paths.account(localeOf(locale)));
}

async function trySavePassword(present: string, next: string) {
  const form = passwordSchema.safeParse({ next });
  if (!form.success) {
    return formFailure<PasswordField>('invalid', {}, fieldErrorsOf(form.error, passwordFields));
  }
  try {
    const user = await getCurrentUser();
    if (user === null) return formFailure<PasswordField>('forbidden', {});
    if (!(await accountThrottle().take(user.email))) return formFailure<PasswordField>('too-many', {});
    const outcome = await setPassword(user.id, present, next);
    if (outcome === 'wrong') {
      return formFailure<PasswordField>('invalid', {}, { present: { code: 'invalid' } });
    }
    if (outcome === 'conflict') return formFailure<PasswordField>('conflict', {});
    await startSession(user.email, next);
    refresh();
    return { ok: true } as const;
  } catch (error) {
    logError('A password could not be saved', error);
    return formFailure<PasswordField>('unavailable', {});
  }
}

/** Ends one session of the user's own. Fields: `session` (of their list), `locale`. */
export async function endOwnSession(formData: FormData): Promise<void> {
  const { session, locale } = readFields(formData, ['session', 'locale']);
  await leaveTo(paths.account(localeOf(locale)), async () => {
    const user = await getCurrentUser();
    if (user !== null) await sessionStore()?.control.revoke(user.id, session);
  });
}

/** Ends all sessions but this one; where nobody can tell them apart, this one too. Field: `locale`. */
export async function endOtherSessions(formData: FormData): Promise<void> {
  const { locale } = readFields(formData, ['locale']);
  await leaveTo(paths.account(localeOf(locale)), async () => {
    const [user, token, store] = [await getCurrentUser(), await currentSessionToken(), sessionStore()];
    if (user === null) return;
    if (store !== null && token !== null) {
      await store.control.revokeOthers(user.id, token);
      logger().info(`other sessions ended: user ${user.id}`);
    } else {
      await endAllSessions(user.id);
      await endSession();
    }
  });
}

/** Does something and goes to a page, which tells when it could not be done. */
async function leaveTo(path: string, run: () => Promise<void>): Promise<void> {
  let done = true;
  try {
    await run();
  } catch (error) {
    logError('Sessions could not be ended', error);
    done = false;
  }
  redirect(done ? path : `${path}?error=unavailable`);
}
