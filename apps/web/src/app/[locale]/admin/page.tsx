import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ReportSearch } from '../../../components/admin/report-search.tsx';
import { ReportTable } from '../../../components/admin/report-table.tsx';
import { Pagination } from '../../../components/catalogue/pagination.tsx';
import { MoreLink } from '../../../components/layout/more-link.tsx';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { Skeleton } from '../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { listReportsForAdmin } from '../../../server/admin.ts';
import { requireRole } from '../../../server/auth.ts';
import { parseAdminReportQuery } from '../../../server/report-query.ts';

type Props = PageProps<'/[locale]/admin'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('admin.title'), robots: { index: false } };
}

export default async function AdminPage({ searchParams }: Props) {
  const { locale, t } = await currentLanguage();
  return (
    <div className="page">
      <PageHeading title={t('admin.title')} lede={t('admin.lede')} />
      <p className="-mt-4 mb-8 flex flex-wrap gap-x-8 gap-y-2">
        <MoreLink href={paths.adminUsers(locale)}>{t('users.title')}</MoreLink>
        <MoreLink href={paths.adminCache(locale)}>{t('cacheDesk.title')}</MoreLink>
      </p>
      <Suspense fallback={<Skeleton lines={10} />}>
        <Reports searchParams={searchParams} />
      </Suspense>
    </div>
  );
}

async function Reports({ searchParams }: Pick<Props, 'searchParams'>) {
  const { locale, t } = await currentLanguage();
  const query = parseAdminReportQuery(await searchParams);
  await requireRole('admin', paths.admin(locale, query));
  const reports = await listReportsForAdmin(locale, query);
  return (
    <div className="list-with-filters">
      <ReportSearch query={query} />
      <div className="list">
        <p role="status" className="figures pb-3 text-sm font-semibold">
          {t('admin.results', { count: reports.total })}
        </p>
        {reports.total === 0 ? (
          <p className="border-t border-ink py-10 text-muted">{t('admin.none')}</p>
        ) : (
          <ReportTable reports={reports.items} />
        )}
        <div className="mt-6">
          <Pagination
            page={reports.page}
            pageCount={reports.pageCount}
            hrefOf={(page) => paths.admin(locale, { ...query, page })}
          />
        </div>
      </div>
    </div>
  );
}
