import { currentLanguage } from '../../i18n/current.ts';
import { listRelatedReports } from '../../server/catalogue.ts';
import { Section } from '../layout/section.tsx';
import { ReportTile } from './report-tile.tsx';

/** Other reports that a reader of this one may want; nothing where there are none. */
export async function RelatedReports({ reportId }: { reportId: number }) {
  const { locale, t } = await currentLanguage();
  const reports = await listRelatedReports(locale, reportId);
  if (reports.length === 0) return null;
  return (
    <Section id="related" title={t('report.related')}>
      <ul className="mt-8 grid grid-cols-2 gap-x-5 gap-y-10 sm:gap-x-8 md:grid-cols-4">
        {reports.map((report) => (
          <li key={report.id}>
            <ReportTile report={report} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
