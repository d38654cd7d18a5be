import { Globe, Search, SunMoon, UserRound } from 'lucide-react';
import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { languageNames } from '../../i18n/languages.ts';
import { paths } from '../../i18n/paths.ts';
import { LanguageLinks } from './language-links.tsx';
import { MobileMenu } from './mobile-menu.tsx';
import { NavLink } from './nav-link.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { Wordmark } from './wordmark.tsx';

const navLink =
  'border-b-2 border-transparent py-1 text-sm font-semibold hover:border-rule aria-[current]:border-accent';
const iconButton =
  'inline-flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded-sm px-2 text-sm hover:bg-panel';

/** The same for everybody, so that every page can come from the cache: nothing here depends on who is signed in. */
export async function SiteHeader() {
  const { locale, t } = await currentLanguage();
  const themeLabels = { system: t('nav.themeSystem'), light: t('nav.themeLight'), dark: t('nav.themeDark') };
  return (
    <header className="no-print border-b border-rule">
      <div className="page flex min-h-18 items-center gap-8">
        <Link href={paths.home(locale)} className="py-2">
          <Wordmark name={t('site.name')} />
        </Link>
        <nav aria-label={t('nav.main')} className="hidden gap-7 md:flex">
          <NavLink href={paths.reports(locale)} className={navLink}>
            {t('nav.reports')}
          </NavLink>
          <NavLink href={paths.categories(locale)} className={navLink}>
            {t('nav.categories')}
          </NavLink>
        </nav>
        <div className="ms-auto hidden items-center gap-1 md:flex">
          <Link href={`${paths.reports(locale)}#words`} className={iconButton} aria-label={t('nav.search')}>
            <Search size={18} strokeWidth={1.75} aria-hidden="true" />
          </Link>
          <button
            type="button"
            popoverTarget="language-menu"
            className={iconButton}
            aria-label={t('nav.languageCurrent', { language: languageNames[locale] })}
          >
            <Globe size={18} strokeWidth={1.75} aria-hidden="true" />
            <span aria-hidden="true">{locale.toUpperCase()}</span>
          </button>
          <nav id="language-menu" popover="auto" className="menu" aria-label={t('nav.language')}>
            <LanguageLinks locale={locale} className="menu-item" />
          </nav>
          <button type="button" popoverTarget="theme-menu" className={iconButton} aria-label={t('nav.theme')}>
            <SunMoon size={18} strokeWidth={1.75} aria-hidden="true" />
          </button>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form */}
          <div id="theme-menu" popover="auto" className="menu" role="group" aria-label={t('nav.theme')}>
            <ThemeSwitch labels={themeLabels} />
          </div>
          <Link href={paths.account(locale)} prefetch={false} className={iconButton}>
            <UserRound size={18} strokeWidth={1.75} aria-hidden="true" />
            <span className="sr-only lg:not-sr-only">{t('nav.account')}</span>
          </Link>
        </div>
        <MobileMenu locale={locale} t={t} themeLabels={themeLabels} />
      </div>
    </header>
  );
}
