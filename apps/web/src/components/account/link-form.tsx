'use client';

import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { signInByLink } from '../../server/actions/session.ts';
import { ActionForm } from '../form/action-form.tsx';
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
export function LinkForm({ labels, texts, ...hidden }: LinkFormProps) {
  return (
    <ActionForm
      action={signInByLink}
      hidden={hidden}
      title={labels.title}
      submit={labels.submit}
      className="space-y-5"
      texts={texts}
    />
  );
}
