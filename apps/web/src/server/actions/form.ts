import type { z } from 'zod';

/** What is wrong with a field. The page says it in the visitor's language. */
export type FieldError =
  | { readonly code: 'required' | 'not-an-email' | 'not-a-price' | 'invalid' }
  | {
      readonly code: 'too-short' | 'too-long';
      /** Characters. */
      readonly limit: number;
    };

/**
 * Why nothing was done.
 *
 * - `invalid`: some fields are wrong; `fieldErrors` says which.
 * - `conflict`: somebody else has changed it since the form was opened.
 * - `not-found`: what the form is about does not exist (any more).
 * - `forbidden`: the sender is not signed in, or may not do this.
 * - `credentials`: e-mail address or password is wrong.
 * - `link`: the sign-in link was used before, is too old, or never was one.
 * - `too-many`: too many attempts; later again.
 * - `unavailable`: the database or the sessions are away; the form may be sent again.
 */
const formErrors = [
  'invalid',
  'conflict',
  'not-found',
  'forbidden',
  'credentials',
  'link',
  'too-many',
  'unavailable',
] as const;

export type FormError = (typeof formErrors)[number];

export function isFormError(value: unknown): value is FormError {
  return formErrors.some((error) => error === value);
}

export interface FormFailure<Field extends string> {
  readonly ok: false;
  readonly error: FormError;
  readonly fieldErrors: Readonly<Partial<Record<Field, FieldError>>>;
  /** What was sent, to fill the form with again. Never a password. */
  readonly values: Readonly<Partial<Record<Field, string>>>;
}

/** What a form action makes of a form: `useActionState(action, null)`. `null`: it was not sent yet. */
export type FormState<Field extends string> = { readonly ok: true } | FormFailure<Field> | null;

export function formFailure<Field extends string>(
  error: FormError,
  values: FormFailure<Field>['values'],
  fieldErrors?: FormFailure<Field>['fieldErrors'],
): FormFailure<Field> {
  return { ok: false, error, fieldErrors: fieldErrors ?? ({} as Partial<Record<Field, never>>), values };
}

/** The text fields of a form. A missing field or a file reads as empty. */
export function readFields<Field extends string>(
  formData: FormData,
  names: readonly Field[],
): Record<Field, string> {
  const entries = names.map((name) => {
    const value = formData.get(name);
    return [name, typeof value === 'string' ? value : ''] as const;
  });
  // Every name has an entry, which is what the type says.
  return Object.fromEntries(entries) as Record<Field, string>;
}

/**
 * The first problem of each field. A schema names a problem that is not one of length in its message: one of
 * the codes of `FieldError`; `names` are the fields that the form has.
 */
export function fieldErrorsOf<Field extends string>(
  error: z.ZodError,
  names: readonly Field[],
): Partial<Record<Field, FieldError>> {
  const errors: Partial<Record<Field, FieldError>> = {};
  for (const issue of error.issues) {
    const field = names.find((name) => name === issue.path.join('.'));
    if (field !== undefined) errors[field] ??= toFieldError(issue);
  }
  return errors;
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  if (issue.code === 'too_small' && Number(issue.minimum) <= 1) return { code: 'required' };
  if (issue.code === 'too_small') return { code: 'too-short', limit: Number(issue.minimum) };
  if (issue.code === 'too_big') return { code: 'too-long', limit: Number(issue.maximum) };
  if (issue.message === 'not-a-price') return { code: 'not-a-price' };
  if (issue.code === 'invalid_format' && issue.format === 'email') return { code: 'not-an-email' };
  return { code: 'invalid' };
}
