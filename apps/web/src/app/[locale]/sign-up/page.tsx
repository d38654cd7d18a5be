import type { Metadata } from 'next';
import Link from 'next/link';
import { LinkRequestForm } from '../../../components/account/link-request-form.tsx';
import { formTexts } from '../../../components/form/texts.ts';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { messages } from '../../../messages/messages.ts';
import { isFormError } from '../../../server/actions/form.ts';

/** Waits for the request's query, so that the form works without scripts. */
export const instant = false;

type Props = PageProps<'/[locale]/sign-up'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('signUp.title'), robots: { index: false } };
}

export default async function SignUpPage({ searchParams }: Props) {
  const { locale, t } = await currentLanguage();
  const { callbackUrl, error, done } = await searchParams;
  return (
    <div className="page max-w-lg">
      <PageHeading title={t('signUp.title')} lede={t('signUp.lede')} />
      <LinkRequestForm
        locale={locale}
        callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : ''}
        error={isFormError(error) ? error : null}
        sent={done === '1'}
        labels={messages[locale].signUp}
        texts={formTexts(locale)}
      />
      <p className="mt-8 border-t border-rule pt-5 text-sm">
        <Link href={paths.signIn(locale)} className="text-link">
          {t('signUp.withPassword')}
        </Link>
      </p>
    </div>
  );
}
