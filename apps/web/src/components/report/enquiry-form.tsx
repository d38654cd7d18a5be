'use client';

import { useActionState, useEffect, useRef } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { sendEnquiry } from '../../server/actions/send-enquiry.ts';
import { useFocusOnFirstError } from '../form/focus-first-error.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';

interface EnquiryFormProps {
  reportId: number;
  locale: Locale;
  labels: Messages['enquiry'];
  texts: FormTexts;
}

/** A visitor's question about a report. Works without scripts; the server checks every field. */
export function EnquiryForm({ reportId, locale, labels, texts }: EnquiryFormProps) {
  const [state, action, pending] = useActionState(sendEnquiry, null);
  const form = useFocusOnFirstError(state);
  const sent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state?.ok) sent.current?.focus();
  }, [state]);

  if (state?.ok) {
    return (
      <div
        ref={sent}
        role="status"
        tabIndex={-1}
        className="border-s-4 border-accent bg-tint px-5 py-5 outline-none"
      >
        <p className="font-serif text-xl">{labels.sentTitle}</p>
        <p className="mt-1 text-sm">{labels.sentText}</p>
      </div>
    );
  }
  const values = state?.values ?? {};
  const errors = state?.fieldErrors ?? {};
  return (
    <form ref={form} action={action} noValidate className="space-y-5" aria-label={labels.title}>
      {state && <FormAlert error={state.error} texts={texts} />}
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="locale" value={locale} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          id="enquiry-name"
          name="name"
          label={labels.name}
          autoComplete="name"
          required
          maxLength={160}
          defaultValue={values.name}
          error={errors.name}
          texts={texts}
        />
        <TextField
          id="enquiry-company"
          name="company"
          label={labels.company}
          hint={labels.optional}
          autoComplete="organization"
          maxLength={160}
          defaultValue={values.company}
          error={errors.company}
          texts={texts}
        />
      </div>
      <TextField
        id="enquiry-email"
        name="email"
        type="email"
        label={labels.email}
        autoComplete="email"
        required
        maxLength={191}
        defaultValue={values.email}
        error={errors.email}
        texts={texts}
      />
      <TextField
        id="enquiry-message"
        name="message"
        label={labels.message}
        rows={6}
        required
        maxLength={5000}
        defaultValue={values.message}
        error={errors.message}
        texts={texts}
      />
      {/* People do not see this field; programs that fill in everything give themselves away. */}
      <div className="hidden" aria-hidden="true">
        <input name="website" tabIndex={-1} autoComplete="off" aria-label="Website" />
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <button type="submit" className="button button-primary" disabled={pending}>
          {pending ? labels.sending : labels.send}
        </button>
        <p className="text-xs text-muted">{labels.privacy}</p>
      </div>
    </form>
  );
}
