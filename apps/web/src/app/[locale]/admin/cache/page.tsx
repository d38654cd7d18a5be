import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { CacheDesk } from '../../../../components/admin/cache/cache-desk.tsx';
import { PageHeading } from '../../../../components/layout/page-heading.tsx';
import { Skeleton } from '../../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../../i18n/current.ts';
import { paths } from '../../../../i18n/paths.ts';
import { messages } from '../../../../messages/messages.ts';
import { requireRole } from '../../../../server/auth.ts';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('cacheDesk.title'), robots: { index: false } };
}

export default async function CachePage() {
  const { t } = await currentLanguage();
  return (
    <div className="page">
      <PageHeading title={t('cacheDesk.title')} lede={t('cacheDesk.lede')} />
      <Suspense fallback={<Skeleton lines={12} />}>
        <Desk />
      </Suspense>
    </div>
  );
}

async function Desk() {
  const { locale, t } = await currentLanguage();
  await requireRole('admin', paths.adminCache(locale));
  return (
    <>
      <CacheDesk locale={locale} labels={messages[locale].cacheDesk} />
      <p className="mt-12 mb-6">
        <Link href={paths.admin(locale)} prefetch={false} className="text-link">
          {t('cacheDesk.back')}
        </Link>
      </p>
    </>
  );
}
