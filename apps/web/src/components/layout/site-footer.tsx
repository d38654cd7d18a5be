import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { Wordmark } from './wordmark.tsx';

const link = 'inline-block py-1 hover:underline hover:underline-offset-4';

export async function SiteFooter() {
  const { locale, t } = await currentLanguage();
  return (
    <footer className="no-print mt-24 border-t border-rule bg-panel">
      <div className="page grid gap-x-8 gap-y-10 py-14 text-sm sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr]">
        <div className="max-w-sm sm:col-span-2 lg:col-span-1">
          <Wordmark name={t('site.name')} />
          <p className="mt-3 text-muted">{t('site.tagline')}</p>
        </div>
        <nav aria-labelledby="footer-catalogue">
          <h2 id="footer-catalogue" className="mb-2 font-sans font-semibold">
            {t('footer.catalogue')}
          </h2>
          <ul>
            <li>
              <Link className={link} href={paths.reports(locale)}>
                {t('footer.allReports')}
              </Link>
            </li>
            <li>
              <Link className={link} href={paths.categories(locale)}>
                {t('nav.categories')}
              </Link>
            </li>
            <li>
              <Link className={link} href={`${paths.home(locale)}#featured`}>
                {t('footer.featured')}
              </Link>
            </li>
            <li>
              <Link className={link} href={`${paths.home(locale)}#newest`}>
                {t('footer.newest')}
              </Link>
            </li>
          </ul>
        </nav>
        <nav aria-labelledby="footer-customers">
          <h2 id="footer-customers" className="mb-2 font-sans font-semibold">
            {t('footer.customers')}
          </h2>
          <ul>
            <li>
              <Link className={link} href={paths.signIn(locale)}>
                {t('footer.signIn')}
              </Link>
            </li>
            <li>
              <Link className={link} href={paths.account(locale)} prefetch={false}>
                {t('nav.account')}
              </Link>
            </li>
          </ul>
        </nav>
      </div>
      <div className="page flex flex-wrap justify-between gap-x-10 gap-y-2 border-t border-rule py-6 text-xs text-muted">
        <p>{t('footer.rights')}</p>
        <p className="max-w-prose">{t('footer.note')}</p>
      </div>
    </footer>
  );
}
