'use client';

import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import type { FormError } from '../../server/actions/form.ts';
import { sendLink } from '../../server/actions/request-link.ts';
import { ActionForm } from '../form/action-form.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface LinkRequestFormProps {
  locale: Locale;
  callbackUrl: string;
  error: FormError | null;
  /** An attempt without scripts succeeded, and led back to the page. */
  sent: boolean;
  labels: Messages['signUp'];
  texts: FormTexts;
}

/** Has a sign-in link sent. */
export function LinkRequestForm({ locale, callbackUrl, error, sent, labels, texts }: LinkRequestFormProps) {
  if (sent) return <Sent link={null} labels={labels} />;
  return (
    <ActionForm
      action={sendLink}
      hidden={{ locale, callbackUrl }}
      title={labels.title}
      error={error}
      submit={labels.submit}
      submitting={labels.submitting}
      whenDone={({ link }) => <Sent link={link} labels={labels} />}
      className="space-y-5"
      texts={texts}
    >
      {(field) => (
        <TextField {...field('email')} type="email" label={labels.email} autoComplete="email" required />
      )}
    </ActionForm>
  );
}

function Sent({ link, labels }: { link: string | null; labels: Messages['signUp'] }) {
  return (
    <div role="status" className="border-s-4 border-accent bg-tint px-4 py-3">
      <p className="font-semibold">{labels.sentTitle}</p>
      <p className="mt-1 text-sm">{labels.sentText}</p>
      {link !== null && (
        <p className="mt-3 text-sm">
          <a href={link} className="text-link break-all">
            {labels.developmentLink}
          </a>
        </p>
      )}
    </div>
  );
}
