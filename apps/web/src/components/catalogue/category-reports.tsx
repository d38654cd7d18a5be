import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { type CategoryView, listReports } from '../../server/catalogue.ts';
import { defaultReportQuery } from '../../server/report-query.ts';
import { Breadcrumb } from '../layout/breadcrumb.tsx';
import { MoreLink } from '../layout/more-link.tsx';
import { ReportRow } from '../report/report-row.tsx';
import { UnknownAddress } from '../unknown-address.tsx';
import { CategoryIcon } from './category-icon.tsx';
import { Pagination } from './pagination.tsx';

/** A category with one page of its reports. A page that does not exist is not found. */
export async function CategoryReports({ category, page }: { category: CategoryView; page: number }) {
  const { locale, t } = await currentLanguage();
  const reports = await listReports(locale, { ...defaultReportQuery, category: category.slug, page });
  if (reports.page !== page) return <UnknownAddress />;
  return (
    <div className="page">
      <Breadcrumb
        crumbs={[
          { name: t('nav.home'), href: paths.home(locale) },
          { name: t('categories.title'), href: paths.categories(locale) },
          { name: category.name },
        ]}
      />
      <div className="grid gap-x-16 gap-y-4 pt-10 pb-10 sm:pt-14 lg:grid-cols-[1fr_1fr] lg:items-end">
        <div>
          <CategoryIcon name={category.icon} className="size-9 text-accent" />
          <h1 className="mt-5 text-3xl">{category.name}</h1>
        </div>
        <p className="max-w-prose text-lg text-muted">{category.description}</p>
      </div>
      <section aria-labelledby="reports-heading">
        <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1 border-t border-ink pt-3 pb-4">
          <h2 id="reports-heading" className="sr-only">
            {t('categories.reportsHeading')}
          </h2>
          <p className="figures text-sm">{t('categories.reports', { count: reports.total })}</p>
          <MoreLink href={paths.reports(locale, { category: category.slug })}>
            {t('categories.searchWithin')}
          </MoreLink>
        </div>
        {reports.total === 0 ? (
          <p className="border-t border-rule py-10 text-lg text-muted">{t('categories.empty')}</p>
        ) : (
          <ul>
            {reports.items.map((report) => (
              <li key={report.id}>
                <ReportRow report={report} level="h3" withoutCategory />
              </li>
            ))}
          </ul>
        )}
        <Pagination
          page={reports.page}
          pageCount={reports.pageCount}
          hrefOf={(shown) => paths.category(locale, category.slug, shown)}
        />
      </section>
    </div>
  );
}
