import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { GoogleForm } from '../../../components/account/google-form.tsx';
import { SignInForm } from '../../../components/account/sign-in-form.tsx';
import { formTexts } from '../../../components/form/texts.ts';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { messages } from '../../../messages/messages.ts';
import { isFormError } from '../../../server/actions/form.ts';
import { googleProvider } from '../../../server/auth/google-provider.ts';
import { getCurrentUserIfKnown } from '../../../server/auth.ts';

/** Waits for the request's query, so that the form works without scripts. */
export const instant = false;

type Props = PageProps<'/[locale]/sign-in'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('signIn.title'), robots: { index: false } };
}

export default async function SignInPage({ searchParams }: Props) {
  const { locale, t } = await currentLanguage();
  const { callbackUrl, error } = await searchParams;
  const returnTo = typeof callbackUrl === 'string' ? callbackUrl : '';
  // Other errors are next-auth's own: of Google, or of a sign-in that was begun elsewhere.
  const shownError = error === undefined || isFormError(error) ? error : 'unavailable';
  return (
    <div className="page max-w-lg">
      <PageHeading title={t('signIn.title')} lede={t('signIn.lede')} />
      <SignInForm
        locale={locale}
        callbackUrl={returnTo}
        error={shownError ?? null}
        labels={messages[locale].signIn}
        texts={formTexts(locale)}
      />
      {googleProvider() !== null && <GoogleForm callbackUrl={returnTo} />}
      <p className="mt-8 border-t border-rule pt-5 text-sm text-muted">{t('signIn.help')}</p>
      <p className="mt-2 text-sm">
        <Link
          href={`${paths.signUp(locale)}?${new URLSearchParams({ callbackUrl: returnTo })}`}
          className="text-link"
        >
          {t('signIn.byLink')}
        </Link>
      </p>
      <Suspense>
        <LeaveWhenSignedIn />
      </Suspense>
    </div>
  );
}

/** Whoever is signed in already has nothing to do here. */
async function LeaveWhenSignedIn() {
  const { locale } = await currentLanguage();
  if ((await getCurrentUserIfKnown()) !== null) redirect(paths.account(locale));
  return null;
}
