'use client';

import { useActionState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { saveProfile } from '../../server/actions/account.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface ProfileFormProps {
  locale: Locale;
  name: string;
  labels: Messages['account'];
  texts: FormTexts;
}

export function ProfileForm({ locale, name, labels, texts }: ProfileFormProps) {
  const [state, action, pending] = useActionState(saveProfile, null);
  const failure = state?.ok === false ? state : null;
  return (
    <form action={action} className="mt-5 space-y-4">
      {failure && <FormAlert error={failure.error} texts={texts} />}
      <input type="hidden" name="locale" value={locale} />
      <TextField
        id="profile-name"
        name="name"
        label={labels.name}
        autoComplete="name"
        maxLength={160}
        defaultValue={failure?.values.name ?? name}
        error={failure?.fieldErrors.name}
        texts={texts}
      />
      <button type="submit" className="button button-quiet" disabled={pending}>
        {labels.saveProfile}
      </button>
      <p role="status" className="text-sm font-semibold">
        {state?.ok && labels.saved}
      </p>
    </form>
  );
}
