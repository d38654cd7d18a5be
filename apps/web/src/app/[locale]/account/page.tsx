import type { Metadata } from 'next';
import { Suspense } from 'react';
import { OwnEnquiries } from '../../../components/account/own-enquiries.tsx';
import { OwnOrders } from '../../../components/account/own-orders.tsx';
import { OwnSessions } from '../../../components/account/own-sessions.tsx';
import { PasswordForm } from '../../../components/account/password-form.tsx';
import { Profile } from '../../../components/account/profile.tsx';
import { FormAlert } from '../../../components/form/form-alert.tsx';
import { formTexts } from '../../../components/form/texts.ts';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { Section } from '../../../components/layout/section.tsx';
import { Skeleton } from '../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { messages } from '../../../messages/messages.ts';
import { isFormError } from '../../../server/actions/form.ts';
import { requireUser } from '../../../server/auth.ts';

type Props = PageProps<'/[locale]/account'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('account.title'), robots: { index: false } };
}

export default async function AccountPage({ searchParams }: Props) {
  const { t } = await currentLanguage();
  return (
    <div className="page">
      <PageHeading title={t('account.title')} />
      <Suspense fallback={<Skeleton />}>
        <Account searchParams={searchParams} />
      </Suspense>
    </div>
  );
}

async function Account({ searchParams }: Pick<Props, 'searchParams'>) {
  const { locale, t } = await currentLanguage();
  const user = await requireUser(paths.account(locale));
  const { error } = await searchParams;
  const texts = formTexts(locale);
  return (
    <div className="grid items-start gap-x-16 gap-y-14 lg:grid-cols-[18rem_1fr]">
      {isFormError(error) && (
        <div className="lg:col-span-2">
          <FormAlert error={error} texts={texts} />
        </div>
      )}
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
        <Section id="sessions" title={t('account.sessions')}>
          <OwnSessions />
        </Section>
        <Section id="password" title={t('account.password')}>
          <PasswordForm locale={locale} labels={messages[locale].account} texts={texts} />
        </Section>
      </div>
    </div>
  );
}
