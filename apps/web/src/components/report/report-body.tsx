import { currentLanguage } from '../../i18n/current.ts';
import type { ReportDetail } from '../../server/catalogue.ts';
import { Section } from '../layout/section.tsx';
import { KeyFigures } from './key-figures.tsx';
import { TableOfContents } from './table-of-contents.tsx';

/** What a report says and holds, as far as it is told before it is bought. */
export async function ReportBody({ report }: { report: ReportDetail }) {
  const { t } = await currentLanguage();
  return (
    <div className="min-w-0 space-y-14 sm:space-y-20">
      <Section id="figures" title={t('report.keyFigures')}>
        <KeyFigures market={report.market} />
      </Section>
      <Section id="contents" title={t('report.contents')}>
        <TableOfContents chapters={report.tableOfContents} />
      </Section>
      <div className="grid gap-x-12 gap-y-14 md:grid-cols-[2fr_1fr]">
        <Section id="companies" title={t('report.keyPlayers')}>
          <ul className="mt-4 gap-x-10 sm:columns-2">
            {report.keyPlayers.map((name) => (
              <li key={name} className="break-inside-avoid border-b border-rule py-2">
                {name}
              </li>
            ))}
          </ul>
        </Section>
        <Section id="regions" title={t('report.regions')}>
          <ul className="mt-4">
            {report.regions.map(({ slug, name }) => (
              <li key={slug} className="border-b border-rule py-2">
                {name}
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </div>
  );
}
