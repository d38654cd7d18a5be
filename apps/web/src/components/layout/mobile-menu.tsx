import { Menu, X } from 'lucide-react';
import type { Locale } from '../../i18n/locales.ts';
import { paths } from '../../i18n/paths.ts';
import type { Translate } from '../../i18n/translate.ts';
import { LanguageLinks } from './language-links.tsx';
import { NavLink } from './nav-link.tsx';
import type { Theme } from './theme.ts';
import { ThemeSwitch } from './theme-switch.tsx';
import { Wordmark } from './wordmark.tsx';

interface MobileMenuProps {
  locale: Locale;
  t: Translate;
  themeLabels: Readonly<Record<Theme, string>>;
}

const square = 'inline-flex size-11 items-center justify-center rounded-sm hover:bg-panel';
const item = 'block border-b border-rule py-3.5 font-serif text-xl aria-[current]:text-accent';

/** On narrow screens: a sheet with everything that the header and its menus hold on wide ones. */
export function MobileMenu({ locale, t, themeLabels }: MobileMenuProps) {
  return (
    <div className="ms-auto md:hidden">
      <button type="button" popoverTarget="mobile-menu" className={square} aria-label={t('nav.menu')}>
        <Menu size={22} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <div id="mobile-menu" popover="auto" className="menu-sheet">
        <div className="page flex min-h-18 items-center justify-between border-b border-rule">
          <Wordmark name={t('site.name')} />
          <button
            type="button"
            popoverTarget="mobile-menu"
            popoverTargetAction="hide"
            className={square}
            aria-label={t('nav.close')}
          >
            <X size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </div>
        <div className="page pb-10">
          <nav aria-label={t('nav.main')}>
            <NavLink href={paths.reports(locale)} className={item}>
              {t('nav.reports')}
            </NavLink>
            <NavLink href={paths.categories(locale)} className={item}>
              {t('nav.categories')}
            </NavLink>
            <NavLink href={paths.account(locale)} className={item}>
              {t('nav.account')}
            </NavLink>
          </nav>
          <div className="-mx-2 mt-7 grid grid-cols-2 gap-6">
            <nav aria-label={t('nav.language')}>
              <p className="kicker px-2 pb-1">{t('nav.language')}</p>
              <LanguageLinks locale={locale} className="menu-item" />
            </nav>
            <div>
              <p className="kicker px-2 pb-1">{t('nav.theme')}</p>
              <ThemeSwitch labels={themeLabels} />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
