import type { Metadata } from 'next';
import { Suspense } from 'react';
import { OwnEnquiries } from '../../../components/account/own-enquiries.tsx';
import { OwnOrders } from '../../../components/account/own-orders.tsx';
import { Profile } from '../../../components/account/profile.tsx';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { Section } from '../../../components/layout/section.tsx';
import { Skeleton } from '../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { requireUser } from '../../../server/auth.ts';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('account.title'), robots: { index: false } };
}

export default async function AccountPage() {
  const { t } = await currentLanguage();
  return (
    <div className="page">
      <PageHeading title={t('account.title')} />
      <Suspense fallback={<Skeleton />}>
        <Account />
      </Suspense>
    </div>
  );
}

async function Account() {
  const { locale, t } = await currentLanguage();
  const user = await requireUser(paths.account(locale));
  return (
    <div className="grid items-start gap-x-16 gap-y-14 lg:grid-cols-[18rem_1fr]">
      <Section id="profile" title={t('account.profile')}>
        <Profile user={user} />
      </Section>
      <div className="space-y-14">
        <Section id="orders" title={t('account.orders')}>
          <OwnOrders />
        </Section>
        <Section id="enquiries" title={t('account.enquiries')}>
          <OwnEnquiries />
        </Section>
      </div>
    </div>
  );
}
