import type { Metadata } from 'next';
import { UnknownAddress } from '../../../components/unknown-address.tsx';
import { currentLanguage } from '../../../i18n/current.ts';

/** Whole pages, so that the answer has the status 404. */
export const ensureStatic = 'navigation';

export function generateStaticParams() {
  return [{ rest: ['not-found'] }];
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('notFound.title') };
}

/** Makes every other address of a language this language's 404 page. */
export default function UnknownPage() {
  return <UnknownAddress />;
}
