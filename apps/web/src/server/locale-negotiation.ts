import { match } from '@formatjs/intl-localematcher';
import Negotiator from 'negotiator';
import { defaultLocale, isLocale, type Locale, locales } from '../i18n/locales.ts';

/** Longer headers are cut: browsers send some dozen characters. */
const longestHeader = 500;

/** A visitor's language: the one that they chose before, else the best that their browser asks for. */
export function negotiateLocale(acceptLanguage: string | null, remembered: string | undefined): Locale {
  if (isLocale(remembered)) return remembered;
  const headers = { 'accept-language': acceptLanguage?.slice(0, longestHeader) ?? '' };
  const wanted = new Negotiator({ headers }).languages().filter(isLanguageTag);
  // `lookup` of RFC 4647: de-AT finds de. The other algorithm weighs distances, which seven languages do not need.
  const found = match(wanted, locales, defaultLocale, { algorithm: 'lookup' });
  return isLocale(found) ? found : defaultLocale;
}

/** A path of the site in a language. A language in capitals is corrected; any other path gets the language in front. */
export function localizedPath(pathname: string, locale: Locale): string {
  const [first = '', ...rest] = pathname.split('/').slice(1);
  const written = first.toLowerCase();
  if (isLocale(written)) return ['', written, ...rest].join('/');
  return pathname === '/' ? `/${locale}` : `/${locale}${pathname}`;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
