'use client';

import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { savePassword } from '../../server/actions/account.ts';
import { ActionForm } from '../form/action-form.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface PasswordFormProps {
  locale: Locale;
  labels: Messages['account'];
  texts: FormTexts;
}

/** Sets a password, the first one or another. */
export function PasswordForm({ locale, labels, texts }: PasswordFormProps) {
  return (
    <ActionForm
      action={savePassword}
      hidden={{ locale }}
      submit={labels.savePassword}
      saved={labels.passwordSaved}
      className="mt-5 max-w-md space-y-4"
      texts={texts}
    >
      {(field) => (
        <>
          <TextField
            {...field('present')}
            type="password"
            label={labels.presentPassword}
            hint={labels.presentPasswordHint}
            autoComplete="current-password"
          />
          <TextField
            {...field('next')}
            type="password"
            label={labels.newPassword}
            autoComplete="new-password"
            required
          />
        </>
      )}
    </ActionForm>
  );
}
