'use client';

import { useActionState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { savePassword } from '../../server/actions/account.ts';
import { useFocusOnFirstError } from '../form/focus-first-error.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface PasswordFormProps {
  locale: Locale;
  labels: Messages['account'];
  texts: FormTexts;
}

/** Sets a password, the first one or another. */
export function PasswordForm({ locale, labels, texts }: PasswordFormProps) {
  const [state, action, pending] = useActionState(savePassword, null);
  const form = useFocusOnFirstError(state);
  const failure = state?.ok === false ? state : null;
  return (
    <form ref={form} action={action} noValidate className="mt-5 max-w-md space-y-4">
      {failure && <FormAlert error={failure.error} texts={texts} />}
      <input type="hidden" name="locale" value={locale} />
      <TextField
        id="password-present"
        name="present"
        type="password"
        label={labels.presentPassword}
        hint={labels.presentPasswordHint}
        autoComplete="current-password"
        error={failure?.fieldErrors.present}
        texts={texts}
      />
      <TextField
        id="password-next"
        name="next"
        type="password"
        label={labels.newPassword}
        autoComplete="new-password"
        required
        error={failure?.fieldErrors.next}
        texts={texts}
      />
      <button type="submit" className="button button-quiet" disabled={pending}>
        {labels.savePassword}
      </button>
      <p role="status" className="text-sm font-semibold">
        {state?.ok && labels.passwordSaved}
      </p>
    </form>
  );
}
