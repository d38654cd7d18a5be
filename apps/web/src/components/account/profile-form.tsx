'use client';

import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { saveProfile } from '../../server/actions/account.ts';
import { ActionForm } from '../form/action-form.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface ProfileFormProps {
  locale: Locale;
  name: string;
  labels: Messages['account'];
  texts: FormTexts;
}

export function ProfileForm({ locale, name, labels, texts }: ProfileFormProps) {
  return (
    <ActionForm
      action={saveProfile}
      hidden={{ locale }}
      submit={labels.saveProfile}
      saved={labels.saved}
      className="mt-5 space-y-4"
      texts={texts}
    >
      {(field) => (
        <TextField {...field('name', name)} label={labels.name} autoComplete="name" maxLength={160} />
      )}
    </ActionForm>
  );
}
