'use client';

import { useEffect, useRef } from 'react';
import type { Locale } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { sendEnquiry } from '../../server/actions/send-enquiry.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';
import { useForm } from '../form/use-form.ts';

interface EnquiryFormProps {
  reportId: number;
  locale: Locale;
  labels: Messages['enquiry'];
  texts: FormTexts;
}

/** A visitor's question about a report. Works without scripts; the server checks every field. */
export function EnquiryForm({ reportId, locale, labels, texts }: EnquiryFormProps) {
  const { form, field, pending, failure, done } = useForm(sendEnquiry, texts);
  const sent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done !== null) sent.current?.focus();
  }, [done]);

  if (done !== null) {
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
  return (
    <form {...form} className="space-y-5" aria-label={labels.title}>
      {failure && <FormAlert error={failure.error} texts={texts} />}
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="locale" value={locale} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField {...field('name')} label={labels.name} autoComplete="name" required maxLength={160} />
        <TextField
          {...field('company')}
          label={labels.company}
          hint={labels.optional}
          autoComplete="organization"
          maxLength={160}
        />
      </div>
      <TextField
        {...field('email')}
        type="email"
        label={labels.email}
        autoComplete="email"
        required
        maxLength={191}
      />
      <TextField {...field('message')} label={labels.message} rows={6} required maxLength={5000} />
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
