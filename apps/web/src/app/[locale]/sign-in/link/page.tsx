import type { Metadata } from 'next';
import { LinkForm } from '../../../../components/account/link-form.tsx';
import { formTexts } from '../../../../components/form/texts.ts';
import { PageHeading } from '../../../../components/layout/page-heading.tsx';
import { currentLanguage } from '../../../../i18n/current.ts';
import { messages } from '../../../../messages/messages.ts';

/** Waits for the request's query, so that the form works without scripts. */
export const instant = false;

type Props = PageProps<'/[locale]/sign-in/link'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  // The address holds the token: it goes nowhere else. `no-referrer` would make the form's own origin `null`, too.
  return { title: t('signInLink.title'), robots: { index: false }, referrer: 'same-origin' };
}

/** Where a sign-in link leads. Says whose account it is, so that nobody is signed in as somebody else unawares. */
export default async function SignInLinkPage({ searchParams }: Props) {
  const { locale, t } = await currentLanguage();
  const query = await searchParams;
  const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');
  const email = text(query.email);
  return (
    <div className="page max-w-lg">
      <PageHeading title={t('signInLink.title')} lede={t('signInLink.lede', { email })} />
      <LinkForm
        locale={locale}
        email={email}
        token={text(query.token)}
        callbackUrl={text(query.callbackUrl)}
        labels={messages[locale].signInLink}
        texts={formTexts(locale)}
      />
    </div>
  );
}
