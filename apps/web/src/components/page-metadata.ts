import type { Metadata } from 'next';
import { openGraphLocales } from '../i18n/languages.ts';
import { defaultLocale, type Locale, locales } from '../i18n/locales.ts';
import { translate } from '../i18n/translate.ts';
import { siteUrl } from '../server/site.ts';

interface PageFacts {
  locale: Locale;
  title: string;
  description: string;
  /** The canonical address of the page in a language, such as `paths.categories`. */
  pathOf: (locale: Locale) => string;
  /** Keeps the page out of search engines; its links may be followed. */
  hidden?: boolean;
  /** `YYYY-MM-DD`, of a publication. */
  publishedAt?: string;
}

/** What search engines and link previews learn about a page: its one address, its other languages, its texts. */
export function pageMetadata(page: PageFacts): Metadata {
  const { locale, title, description, pathOf } = page;
  const address = (language: Locale) => siteUrl() + pathOf(language);
  const shared = {
    title,
    description,
    url: address(locale),
    siteName: translate(locale)('site.name'),
    locale: openGraphLocales[locale],
    alternateLocale: locales
      .filter((language) => language !== locale)
      .map((language) => openGraphLocales[language]),
  };
  return {
    title,
    description,
    alternates: {
      canonical: address(locale),
      languages: {
        ...Object.fromEntries(locales.map((language) => [language, address(language)])),
        'x-default': address(defaultLocale),
      },
    },
    openGraph:
      page.publishedAt === undefined
        ? { ...shared, type: 'website' }
        : { ...shared, type: 'article', publishedTime: page.publishedAt },
    twitter: { card: 'summary', title, description },
    ...(page.hidden && { robots: { index: false, follow: true } }),
  };
}
