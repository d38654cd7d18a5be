'use client';

import { useActionState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import type { FormError } from '../../server/actions/form.ts';
import { signIn } from '../../server/actions/session.ts';
import { useFocusOnFirstError } from '../form/focus-first-error.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface SignInFormProps {
  locale: Locale;
  /** Where to go afterwards; the server makes sure that it is a page of this site. */
  callbackUrl: string;
  /** Of an attempt without scripts, which led back to the page. */
  error: FormError | null;
  labels: Messages['signIn'];
  texts: FormTexts;
}

/** E-mail address and password. Works without scripts. */
export function SignInForm({ locale, callbackUrl, error, labels, texts }: SignInFormProps) {
  const [state, action, pending] = useActionState(signIn, null);
  const form = useFocusOnFirstError(state);
  const failure = state?.ok === false ? state : null;
  const shownError = failure?.error ?? error;
  return (
    <form ref={form} action={action} noValidate className="space-y-5" aria-label={labels.title}>
      {shownError && <FormAlert error={shownError} texts={texts} />}
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextField
        id="sign-in-email"
        name="email"
        type="email"
        label={labels.email}
        autoComplete="username"
        required
        defaultValue={failure?.values.email}
        error={failure?.fieldErrors.email}
        texts={texts}
      />
      <TextField
        id="sign-in-password"
        name="password"
        type="password"
        label={labels.password}
        autoComplete="current-password"
        required
        error={failure?.fieldErrors.password}
        texts={texts}
      />
      <button type="submit" className="button button-primary w-full" disabled={pending}>
        {pending ? labels.submitting : labels.submit}
      </button>
    </form>
  );
}
