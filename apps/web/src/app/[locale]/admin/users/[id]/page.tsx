import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { RoleForm } from '../../../../../components/admin/role-form.tsx';
import { UserSessions } from '../../../../../components/admin/user-sessions.tsx';
import { formTexts } from '../../../../../components/form/texts.ts';
import { BackLink } from '../../../../../components/layout/back-link.tsx';
import { Section } from '../../../../../components/layout/section.tsx';
import { Skeleton } from '../../../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../../../i18n/current.ts';
import { paths } from '../../../../../i18n/paths.ts';
import { messages } from '../../../../../messages/messages.ts';
import { getUserForAdmin } from '../../../../../server/admin-users.ts';
import { requireRole } from '../../../../../server/auth.ts';

/** The header marks the current page, and this one's address is known with the request only. */
export const instant = false;

type Props = PageProps<'/[locale]/admin/users/[id]'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('users.title'), robots: { index: false } };
}

export default async function UserPage({ params }: Props) {
  const { locale, t } = await currentLanguage();
  return (
    <div className="page pt-8">
      <BackLink href={paths.adminUsers(locale)}>{t('users.back')}</BackLink>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Details params={params} />
      </Suspense>
    </div>
  );
}

async function Details({ params }: Pick<Props, 'params'>) {
  const { locale, t } = await currentLanguage();
  const { id } = await params;
  const self = await requireRole('admin', paths.adminUser(locale, id));
  const user = await getUserForAdmin(id);
  if (user === null) notFound();
  const { account, users } = messages[locale];
  return (
    <>
      <h1 className="mt-6 text-2xl break-all">{user.email}</h1>
      {user.name !== null && <p className="kicker mt-2">{user.name}</p>}
      <div className="mt-10 grid items-start gap-x-16 gap-y-12 lg:grid-cols-[18rem_1fr]">
        <Section id="role" title={t('users.role')}>
          {self.id === user.id ? (
            <p className="mt-5 text-muted">{t('users.ownRole')}</p>
          ) : (
            <RoleForm user={user} labels={users} roles={account} texts={formTexts(locale)} />
          )}
        </Section>
        <Section id="sessions" title={t('users.sessions')}>
          <UserSessions userId={user.id} />
        </Section>
      </div>
    </>
  );
}
