'use client';

import { useActionState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { signInByLink } from '../../server/actions/session.ts';
import { FormAlert } from '../form/form-alert.tsx';
import type { FormTexts } from '../form/texts.ts';

interface LinkFormProps {
  locale: Locale;
  email: string;
  token: string;
  callbackUrl: string;
  labels: Messages['signInLink'];
  texts: FormTexts;
}

/** Uses a sign-in link. A button, because programs that look into mail open every link there once. */
export function LinkForm({ locale, email, token, callbackUrl, labels, texts }: LinkFormProps) {
  const [state, action, pending] = useActionState(signInByLink, null);
  return (
    <form action={action} className="space-y-5" aria-label={labels.title}>
      {state?.ok === false && <FormAlert error={state.error} texts={texts} />}
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <button type="submit" className="button button-primary w-full" disabled={pending}>
        {labels.submit}
      </button>
    </form>
  );
}
