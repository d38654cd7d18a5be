import { type Locale, locales } from './locales.ts';

function createFormats(locale: Locale) {
  const money = (currency: string) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' });
  const usd = money('USD');
  const compactUsd = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 2,
  });
  const number = new Intl.NumberFormat(locale);
  // Dates without a time are midnight UTC.
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });

  return {
    /** A price in US dollars, without cents where there are none. */
    usd: (amount: number) => usd.format(amount),
    /** A price in another currency (ISO 4217). */
    money: (amount: number, currency: string) => money(currency).format(amount),
    /** A market size, from millions of US dollars, to three digits: `$31.5B`. */
    market: (usdM: number) => compactUsd.format(usdM * 1e6),
    /** `27.5%`, from 27.5. */
    percent: (value: number) => percent.format(value / 100),
    number: (value: number) => number.format(value),
    /** A day, from `YYYY-MM-DD` or ISO 8601. */
    date: (iso: string) => date.format(new Date(iso)),
    /** The month of a day. */
    month: (iso: string) => month.format(new Date(iso)),
    /** A day and a time in UTC, from ISO 8601. */
    moment: (iso: string) => moment.format(new Date(iso)),
  };
}

export type Formats = ReturnType<typeof createFormats>;

const known = new Map(locales.map((locale) => [locale, createFormats(locale)]));

/** How a language writes prices, numbers and dates. */
export function formats(locale: Locale): Formats {
  return known.get(locale) ?? createFormats(locale);
}
