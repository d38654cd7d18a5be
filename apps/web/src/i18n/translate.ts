import { createTranslator } from 'use-intl/core';
import type { en } from '../messages/en.ts';
import { messages } from '../messages/messages.ts';
import { type Locale, locales } from './locales.ts';

function createTranslate(locale: Locale) {
  // Every language has the placeholders of the English texts (a test compares them), so that their types hold.
  return createTranslator({ locale, messages: messages[locale] as typeof en, timeZone: 'UTC' });
}

export type Translate = ReturnType<typeof createTranslate>;

const translators = new Map(locales.map((locale) => [locale, createTranslate(locale)]));

/** The texts of a language: `translate('de')('nav.reports')`. Keys and placeholders are typed. */
export function translate(locale: Locale): Translate {
  return translators.get(locale) ?? createTranslate(locale);
}
