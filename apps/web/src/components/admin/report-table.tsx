import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import type { AdminReportRow } from '../../server/admin.ts';
import { StatusMark } from '../account/status-mark.tsx';

const head = 'py-2.5 font-normal';
const cell = 'py-3 align-top';
const start = 'pe-4 text-start';
const end = 'ps-4 text-end';

/** The reports as a table; on narrow screens each row is a block. */
export async function ReportTable({ reports }: { reports: readonly AdminReportRow[] }) {
  const { locale, t, format } = await currentLanguage();
  return (
    <table className="figures w-full border-t border-ink text-sm max-md:block">
      <thead className="kicker border-b border-rule max-md:hidden">
        <tr>
          <th scope="col" className={`${head} ${start}`}>
            {t('admin.code')}
          </th>
          <th scope="col" className={`${head} ${start}`}>
            {t('admin.reportTitle')}
          </th>
          <th scope="col" className={`${head} ${start}`}>
            {t('admin.status')}
          </th>
          <th scope="col" className={`${head} ${end}`}>
            {t('admin.price')}
          </th>
          <th scope="col" className={`${head} ${end}`}>
            {t('admin.edited')}
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {reports.map((report) => (
          <tr
            key={report.id}
            className="border-b border-rule hover:bg-panel max-md:grid max-md:grid-cols-[1fr_auto] max-md:py-3 [&>*]:max-md:py-0.5"
          >
            <td className={`${cell} ${start} whitespace-nowrap text-muted`}>{report.code}</td>
            <th scope="row" className={`${cell} ${start} font-normal max-md:order-first max-md:col-span-2`}>
              <Link
                href={paths.adminReport(locale, report.id)}
                prefetch={false}
                className="text-link font-semibold"
                aria-label={t('admin.editReport', { title: report.title })}
              >
                {report.title}
              </Link>
              <span className="kicker block">{report.category}</span>
            </th>
            <td className={`${cell} ${start} max-md:justify-self-end max-md:pe-0`}>
              <span className="flex flex-wrap gap-1">
                <StatusMark strong={report.status === 'published'}>
                  {report.status === 'published' ? t('admin.published') : t('admin.draft')}
                </StatusMark>
                {report.featured && <StatusMark strong={false}>{t('admin.featuredYes')}</StatusMark>}
              </span>
            </td>
            <td className={`${cell} whitespace-nowrap md:ps-4 md:text-end`}>
              {format.usd(report.priceSingleUser)}
            </td>
            <td className={`${cell} ${end} whitespace-nowrap text-muted`}>
              <time dateTime={report.updatedAt}>{format.moment(report.updatedAt)}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
