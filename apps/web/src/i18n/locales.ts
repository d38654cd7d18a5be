import { type Locale, locales } from '@tbi/database/seed-data';

/** The languages of the site, which are also the first segments of its paths. */
export { type Locale, locales };

/** Served where a visitor's languages are unknown or not offered. */
export const defaultLocale: Locale = 'en';

/** Remembers the language that a visitor chose in the language switcher; one of `locales`. */
export const localeCookie = 'locale';

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}
