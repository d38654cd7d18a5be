import { notFound } from 'next/navigation';
import { locale as localeParameter } from 'next/root-params';
import { type Formats, formats } from './formats.ts';
import { isLocale, type Locale } from './locales.ts';
import { type Translate, translate } from './translate.ts';

/** The language of the page that is being rendered, with its texts and formats. Not for actions or route handlers. */
export async function currentLanguage(): Promise<{ locale: Locale; t: Translate; format: Formats }> {
  const locale = await localeParameter();
  if (!isLocale(locale)) notFound();
  return { locale, t: translate(locale), format: formats(locale) };
}
