import type { Metadata } from 'next';
import { ActiveFilters } from '../../../components/catalogue/active-filters.tsx';
import { Pagination } from '../../../components/catalogue/pagination.tsx';
import { ReportFilters } from '../../../components/catalogue/report-filters.tsx';
import { Breadcrumb } from '../../../components/layout/breadcrumb.tsx';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { pageMetadata } from '../../../components/page-metadata.ts';
import { ReportRow } from '../../../components/report/report-row.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { listReports } from '../../../server/catalogue.ts';
import { parseReportQuery } from '../../../server/report-query.ts';

/**
 * The page waits for its list instead of streaming it into a placeholder: content that is streamed needs a
 * script to get to its place, and the list works without any. What it shows is cached all the same.
 */
export const instant = false;

type Props = PageProps<'/[locale]/reports'>;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  const query = parseReportQuery(await searchParams);
  const title = query.q === '' ? t('reports.title') : t('reports.titleSearch', { words: query.q });
  return pageMetadata({
    locale,
    title: query.page === 1 ? title : `${title}, ${t('pagination.page', { page: String(query.page) })}`,
    description: t('reports.lede'),
    pathOf: (language) => paths.reports(language, query),
    hidden: query.q !== '',
  });
}

export default async function ReportsPage({ searchParams }: Props) {
  const { locale, t, format } = await currentLanguage();
  const query = parseReportQuery(await searchParams);
  const reports = await listReports(locale, query);
  const first = (reports.page - 1) * reports.pageSize + 1;
  return (
    <div className="page">
      <Breadcrumb
        crumbs={[{ name: t('nav.home'), href: paths.home(locale) }, { name: t('reports.title') }]}
      />
      <PageHeading
        title={query.q === '' ? t('reports.title') : t('reports.titleSearch', { words: query.q })}
        lede={t('reports.lede')}
      />
      <div className="list-with-filters grid gap-x-14 gap-y-8 border-t border-ink pt-6 lg:grid-cols-[16rem_1fr]">
        <ReportFilters query={query} />
        <section aria-label={t('reports.list')} className="list min-w-0">
          <ActiveFilters query={query} />
          <p role="status" className="figures flex justify-between gap-4 pb-4 text-sm">
            <span className="font-semibold">{t('reports.results', { count: reports.total })}</span>
            {reports.pageCount > 1 && (
              <span className="text-muted">
                {t('reports.range', {
                  from: format.number(first),
                  to: format.number(first + reports.items.length - 1),
                  total: format.number(reports.total),
                })}
              </span>
            )}
          </p>
          {reports.total === 0 ? (
            <div className="border-t border-rule py-12">
              <h2 className="text-2xl">{t('reports.noneTitle')}</h2>
              <p className="mt-3 text-muted">{t('reports.noneText')}</p>
            </div>
          ) : (
            <ul>
              {reports.items.map((report) => (
                <li key={report.id}>
                  <ReportRow report={report} />
                </li>
              ))}
            </ul>
          )}
          <Pagination
            page={reports.page}
            pageCount={reports.pageCount}
            hrefOf={(page) => paths.reports(locale, { ...query, page })}
          />
        </section>
      </div>
    </div>
  );
}
