import type { Metadata } from 'next';
import { Suspense } from 'react';
import { UserSearch } from '../../../../components/admin/user-search.tsx';
import { UserTable } from '../../../../components/admin/user-table.tsx';
import { Pagination } from '../../../../components/catalogue/pagination.tsx';
import { BackLink } from '../../../../components/layout/back-link.tsx';
import { PageHeading } from '../../../../components/layout/page-heading.tsx';
import { Skeleton } from '../../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../../i18n/current.ts';
import { paths } from '../../../../i18n/paths.ts';
import { listUsersForAdmin } from '../../../../server/admin-users.ts';
import { requireRole } from '../../../../server/auth.ts';
import { parseAdminReportQuery } from '../../../../server/report-query.ts';

type Props = PageProps<'/[locale]/admin/users'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('users.title'), robots: { index: false } };
}

export default async function UsersPage({ searchParams }: Props) {
  const { locale, t } = await currentLanguage();
  return (
    <div className="page pt-8">
      <BackLink href={paths.admin(locale)}>{t('admin.back')}</BackLink>
      <PageHeading title={t('users.title')} lede={t('users.lede')} />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Users searchParams={searchParams} />
      </Suspense>
    </div>
  );
}

async function Users({ searchParams }: Pick<Props, 'searchParams'>) {
  const { locale, t } = await currentLanguage();
  const { q, page } = parseAdminReportQuery(await searchParams);
  await requireRole('admin', paths.adminUsers(locale, { q, page }));
  const users = await listUsersForAdmin({ q, page });
  return (
    <>
      <UserSearch q={q} />
      <p role="status" className="figures pb-3 text-sm font-semibold">
        {t('users.results', { count: users.total })}
      </p>
      <UserTable users={users.items} />
      <div className="mt-6">
        <Pagination
          page={users.page}
          pageCount={users.pageCount}
          hrefOf={(number) => paths.adminUsers(locale, { q, page: number })}
        />
      </div>
    </>
  );
}
