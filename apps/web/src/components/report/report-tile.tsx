import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import type { ReportCard } from '../../server/catalogue.ts';
import { Cover } from '../cover/cover.tsx';
import { LinkProgress } from '../layout/link-progress.tsx';

/** A report as a book on a table: its cover and what is printed on it. */
export async function ReportTile({ report }: { report: ReportCard }) {
  const { locale, t, format } = await currentLanguage();
  return (
    <article className="group relative flex flex-col">
      <Cover
        report={report}
        className="w-full transition-transform duration-300 ease-out group-hover:-translate-y-1"
      />
      <p className="kicker mt-3.5">{report.category.name}</p>
      <h3 className="mt-1 text-lg leading-snug">
        <Link
          href={paths.report(locale, report.slug)}
          className="decoration-1 underline-offset-4 group-hover:underline after:absolute after:inset-0"
        >
          {report.title}
          <LinkProgress />
        </Link>
      </h3>
      <p className="kicker figures mt-2">{t('report.from', { price: format.usd(report.prices.single) })}</p>
    </article>
  );
}
