import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import type { ReportDetail } from '../../server/catalogue.ts';

/** What a librarian would note about a report. */
export async function ReportFactsList({ report }: { report: ReportDetail }) {
  const { locale, t, format } = await currentLanguage();
  const { category } = report;
  const facts = [
    {
      label: t('report.category'),
      value: (
        <Link href={paths.category(locale, category.slug)} className="text-link">
          {category.name}
        </Link>
      ),
    },
    {
      label: t('report.published'),
      value: <time dateTime={report.publishedAt}>{format.date(report.publishedAt)}</time>,
    },
    { label: t('report.pages'), value: t('report.pageCount', { count: report.pages }) },
    { label: t('report.code'), value: report.code },
  ];
  return (
    <dl className="figures mt-7 grid grid-cols-2 gap-x-8 gap-y-4 border-y border-rule py-4 text-sm sm:flex sm:flex-wrap sm:justify-between">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt className="kicker">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
