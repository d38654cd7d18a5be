import { currentLanguage } from '../../i18n/current.ts';
import type { ReportCard } from '../../server/catalogue.ts';
import { Cover } from '../cover/cover.tsx';
import { ReportLink } from './report-link.tsx';

/** A report as a book on a table: its cover and what is printed on it. */
export async function ReportTile({ report }: { report: ReportCard }) {
  const { t, format } = await currentLanguage();
  return (
    <article className="group relative flex flex-col">
      <Cover
        report={report}
        className="w-full transition-transform duration-300 ease-out group-hover:-translate-y-1"
      />
      <p className="kicker mt-3.5">{report.category.name}</p>
      <h3 className="mt-1 text-lg leading-snug">
        <ReportLink report={report} />
      </h3>
      <p className="kicker figures mt-2">{t('report.from', { price: format.usd(report.prices.single) })}</p>
    </article>
  );
}
