'use client';

import { useActionState } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import type { FormError } from '../../server/actions/form.ts';
import { type LinkRequestState, sendLink } from '../../server/actions/request-link.ts';
import { useFocusOnFirstError } from '../form/focus-first-error.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface LinkRequestFormProps {
  locale: Locale;
  callbackUrl: string;
  /** Of an attempt without scripts, which led back to the page. */
  error: FormError | null;
  /** The same for one that succeeded. */
  sent: boolean;
  labels: Messages['signUp'];
  texts: FormTexts;
}

/** Has a sign-in link sent. Works without scripts. */
export function LinkRequestForm({ locale, callbackUrl, error, sent, labels, texts }: LinkRequestFormProps) {
  const [state, action, pending] = useActionState<LinkRequestState, FormData>(sendLink, null);
  const form = useFocusOnFirstError(state);
  const failure = state?.ok === false ? state : null;
  if (state?.ok || (state === null && sent)) {
    return <Sent link={state?.ok ? state.link : null} labels={labels} />;
  }
  const shownError = failure?.error ?? error;
  return (
    <form ref={form} action={action} noValidate className="space-y-5" aria-label={labels.title}>
      {shownError && <FormAlert error={shownError} texts={texts} />}
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextField
        id="link-email"
        name="email"
        type="email"
        label={labels.email}
        autoComplete="email"
        required
        defaultValue={failure?.values.email}
        error={failure?.fieldErrors.email}
        texts={texts}
      />
      <button type="submit" className="button button-primary w-full" disabled={pending}>
        {pending ? labels.submitting : labels.submit}
      </button>
    </form>
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
