'use server';

import { refresh } from 'next/cache';
import { endAllSessions, setRole } from '../account-writes.ts';
import { isRole } from '../auth/roles.ts';
import { sessionStore } from '../auth/session-store.ts';
import { getCurrentUser } from '../auth.ts';
import { logError } from '../log.ts';
import { type FormState, formFailure, readFields } from './form.ts';
import { refusal } from './refusal.ts';

const roleFields = ['id', 'role'] as const;
export type RoleField = (typeof roleFields)[number];

/** Gives a user another role, which ends their sessions; administrators only, and not to themselves. Fields: `id`, `role`. */
export async function saveRole(
  _previous: FormState<RoleField>,
  formData: FormData,
): Promise<FormState<RoleField>> {
  const values = readFields(formData, roleFields);
  const refused = await refusal('admin');
  if (refused !== null) return formFailure(refused, values);
  const { id, role } = values;
  if (!isRole(role)) return formFailure('invalid', values);
  return perform(values, async () => {
    // Nobody locks the last administrator out.
    if ((await getCurrentUser())?.id === id) return 'forbidden';
    return setRole(id, role);
  });
}

const sessionFields = ['id', 'session'] as const;
export type UserSessionField = (typeof sessionFields)[number];

/** Ends one session of a user, or all when `session` is empty; administrators only. Fields: `id`, `session`. */
export async function endUserSessions(
  _previous: FormState<UserSessionField>,
  formData: FormData,
): Promise<FormState<UserSessionField>> {
  const values = readFields(formData, sessionFields);
  const refused = await refusal('admin');
  if (refused !== null) return formFailure(refused, values);
  const { id, session } = values;
  return perform(values, async () => {
    if (session === '') return endAllSessions(id);
    const ended = await sessionStore()?.control.revoke(id, session);
    return ended ? 'saved' : 'not-found';
  });
}

async function perform<Field extends string>(
  values: Readonly<Record<Field, string>>,
  run: () => Promise<'saved' | 'not-found' | 'forbidden'>,
): Promise<FormState<Field>> {
  try {
    const outcome = await run();
    if (outcome !== 'saved') return formFailure(outcome, values);
    refresh();
    return { ok: true };
  } catch (error) {
    logError('A user could not be changed', error);
    return formFailure('unavailable', values);
  }
}
