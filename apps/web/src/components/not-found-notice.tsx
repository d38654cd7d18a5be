import Link from 'next/link';
import { currentLanguage } from '../i18n/current.ts';
import { paths } from '../i18n/paths.ts';

/** What stands in the place of a page that does not exist. */
export async function NotFoundNotice() {
  const { locale, t } = await currentLanguage();
  return (
    <div className="page py-24 sm:py-32">
      <p className="figures font-serif text-2xl text-accent" aria-hidden="true">
        404
      </p>
      <h1 className="mt-3 max-w-2xl text-3xl">{t('notFound.heading')}</h1>
      <p className="mt-5 max-w-prose text-lg text-muted">{t('notFound.text')}</p>
      <div className="mt-9 flex flex-wrap gap-3">
        <Link href={paths.reports(locale)} className="button button-primary">
          {t('notFound.search')}
        </Link>
        <Link href={paths.home(locale)} className="button button-quiet">
          {t('notFound.home')}
        </Link>
      </div>
    </div>
  );
}
