import type { Locale } from './locales.ts';

/** The languages in their own words, as the switcher lists them. */
export const languageNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
};

/** As OpenGraph writes them. */
export const openGraphLocales: Readonly<Record<Locale, string>> = {
  en: 'en_US',
  de: 'de_DE',
  fr: 'fr_FR',
  es: 'es_ES',
  it: 'it_IT',
  ja: 'ja_JP',
  ko: 'ko_KR',
};
