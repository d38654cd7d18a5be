import { isLocale } from '../../i18n/locales.ts';

const thisSite = 'http://this-site.invalid';

/**
 * Where to go after signing in: the path and query that were asked for when they name a page of this site,
 * otherwise `fallback`. Whatever a browser would take for another site's address is not a path.
 */
export function safeReturnPath(value: string, fallback: string): string {
  if (!value.startsWith('/') || !URL.canParse(value, thisSite)) return fallback;
  const url = new URL(value, thisSite);
  const [, locale] = url.pathname.split('/');
  return url.origin === thisSite && isLocale(locale) ? url.pathname + url.search : fallback;
}
