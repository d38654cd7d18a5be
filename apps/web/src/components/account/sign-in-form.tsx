'use client';

import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import type { FormError } from '../../server/actions/form.ts';
import { signIn } from '../../server/actions/session.ts';
import { ActionForm } from '../form/action-form.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface SignInFormProps {
  locale: Locale;
  /** Where to go afterwards; the server makes sure that it is a page of this site. */
  callbackUrl: string;
  error: FormError | null;
  labels: Messages['signIn'];
  texts: FormTexts;
}

/** E-mail address and password. */
export function SignInForm({ locale, callbackUrl, error, labels, texts }: SignInFormProps) {
  return (
    <ActionForm
      action={signIn}
      hidden={{ locale, callbackUrl }}
      title={labels.title}
      error={error}
      submit={labels.submit}
      submitting={labels.submitting}
      className="space-y-5"
      texts={texts}
    >
      {(field) => (
        <>
          <TextField {...field('email')} type="email" label={labels.email} autoComplete="username" required />
          <TextField
            {...field('password')}
            type="password"
            label={labels.password}
            autoComplete="current-password"
            required
          />
        </>
      )}
    </ActionForm>
  );
}
