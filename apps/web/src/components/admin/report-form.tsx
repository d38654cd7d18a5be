'use client';

import { languageNames } from '../../i18n/languages.ts';
import { type Locale, locales } from '../../i18n/locales.ts';
import type { Messages } from '../../messages/shape.ts';
import { saveReport } from '../../server/actions/save-report.ts';
import type { EditableReport } from '../../server/admin.ts';
import { FormAlert } from '../form/form-alert.tsx';
import { TextField } from '../form/text-field.tsx';
import type { FormTexts } from '../form/texts.ts';
import { useForm } from '../form/use-form.ts';

interface ReportFormProps {
  report: EditableReport;
  /** Its texts come first. */
  locale: Locale;
  labels: Messages['admin'];
  texts: FormTexts;
}

const prices = ['priceSingleUser', 'priceMultiUser', 'priceEnterprise'] as const;

/**
 * The texts, prices and selection of a report. Saves against the version that it was opened with, so that
 * nobody overwrites what another editor has saved meanwhile.
 */
export function ReportForm({ report, locale, labels, texts }: ReportFormProps) {
  const { form, field, pending, failure, done } = useForm(saveReport, texts);
  const priceLabels = {
    priceSingleUser: labels.priceSingle,
    priceMultiUser: labels.priceMulti,
    priceEnterprise: labels.priceEnterprise,
  };
  const languages = [locale, ...locales.filter((language) => language !== locale)];
  return (
    <form {...form} className="space-y-12">
      <input type="hidden" name="id" value={report.id} />
      <input type="hidden" name="version" value={report.version} />
      <fieldset className="border-t border-ink pt-3">
        <legend className="float-start mb-4 w-full font-serif text-xl font-medium">{labels.prices}</legend>
        <div className="clear-both grid gap-5 sm:grid-cols-3">
          {prices.map((name) => (
            <TextField
              key={name}
              {...field(name, report.prices[name])}
              label={priceLabels[name]}
              inputMode="decimal"
              autoComplete="off"
              required
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="border-t border-ink pt-3">
        <legend className="float-start mb-3 w-full font-serif text-xl font-medium">{labels.selection}</legend>
        <label className="clear-both flex min-h-11 items-center gap-3">
          <input
            // React keeps the box of an earlier render unless it is another element.
            key={failure === null ? report.version : 'refused'}
            type="checkbox"
            name="featured"
            defaultChecked={failure === null ? report.featured : failure.values.featured === 'on'}
            className="size-5 accent-accent"
          />
          {labels.featuredHint}
        </label>
      </fieldset>
      <fieldset className="border-t border-ink pt-3">
        <legend className="float-start mb-4 w-full font-serif text-xl font-medium">{labels.texts}</legend>
        <div className="clear-both space-y-9">
          {languages.map((language) => (
            <div key={language} className="space-y-4">
              <TextField
                {...field(`title.${language}`, report.translations[language].title)}
                label={labels.titleIn.replace('{language}', languageNames[language])}
                lang={language}
                maxLength={255}
                required
              />
              <TextField
                {...field(`summary.${language}`, report.translations[language].summary)}
                label={labels.summaryIn.replace('{language}', languageNames[language])}
                lang={language}
                rows={6}
                maxLength={5000}
                required
              />
            </div>
          ))}
        </div>
      </fieldset>
      <div className="sticky bottom-0 flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-ink bg-paper py-4">
        <button type="submit" className="button button-primary" disabled={pending}>
          {pending ? labels.saving : labels.save}
        </button>
        {failure && <FormAlert error={failure.error} texts={texts} />}
        <p role="status" className="text-sm font-semibold text-accent">
          {done !== null && !pending ? labels.saved : ''}
        </p>
      </div>
    </form>
  );
}
