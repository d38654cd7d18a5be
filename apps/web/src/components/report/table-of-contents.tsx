import { currentLanguage } from '../../i18n/current.ts';
import type { ReportDetail } from '../../server/catalogue.ts';

/** The chapters of a report with their sections. */
export async function TableOfContents({ chapters }: { chapters: ReportDetail['tableOfContents'] }) {
  const { t } = await currentLanguage();
  return (
    <ol className="mt-5">
      {chapters.map(({ title, sections }, index) => (
        <li
          key={title}
          className="grid grid-cols-[2.5rem_1fr] border-t border-rule py-4 sm:grid-cols-[3.5rem_1fr]"
        >
          <span className="figures font-serif text-lg text-accent" aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <h3 className="text-lg leading-snug">
              <span className="sr-only">{t('report.chapter', { number: String(index + 1) })}: </span>
              {title}
            </h3>
            {sections.length > 0 && (
              <ol className="figures mt-2 gap-x-10 text-sm text-muted md:columns-2">
                {sections.map((section, position) => (
                  <li key={section} className="flex break-inside-avoid gap-3 py-0.5">
                    <span aria-hidden="true" className="shrink-0">
                      {index + 1}.{position + 1}
                    </span>
                    {section}
                  </li>
                ))}
              </ol>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
