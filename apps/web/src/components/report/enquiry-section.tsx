import { currentLanguage } from '../../i18n/current.ts';
import { messages } from '../../messages/messages.ts';
import { formTexts } from '../form/texts.ts';
import { EnquiryForm } from './enquiry-form.tsx';

/** Where a visitor asks about a report or orders it. */
export async function EnquirySection({ reportId }: { reportId: number }) {
  const { locale, t } = await currentLanguage();
  return (
    <section
      id="enquiry"
      aria-labelledby="enquiry-heading"
      className="no-print grid gap-x-16 gap-y-8 border-t-4 border-accent bg-panel p-5 sm:p-10 lg:grid-cols-[2fr_3fr]"
    >
      <div>
        <h2 id="enquiry-heading" className="text-2xl">
          {t('enquiry.title')}
        </h2>
        <p className="mt-4 text-muted">{t('enquiry.lede')}</p>
        <p className="mt-3 text-muted">{t('report.order')}</p>
      </div>
      <EnquiryForm
        reportId={reportId}
        locale={locale}
        labels={messages[locale].enquiry}
        texts={formTexts(locale)}
      />
    </section>
  );
}
