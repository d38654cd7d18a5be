import { z } from 'zod';
import { type Locale, locales } from '../../i18n/locales.ts';

const id = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const title = z.string().trim().min(1).max(255);
const summary = z.string().trim().min(1).max(5_000);
/** US dollars with at most two decimals, kept as text so that no cent is lost on the way to a DECIMAL column. */
const price = z
  .string()
  .trim()
  .min(1)
  .regex(/^\d{1,8}([.,]\d{1,2})?$/, 'not-a-price')
  .transform((text) => text.replace(',', '.'))
  .refine((text) => Number(text) > 0, 'not-a-price');

const shape = {
  id,
  version: id,
  priceSingleUser: price,
  priceMultiUser: price,
  priceEnterprise: price,
  /** A checkbox: `on`, or not sent. */
  featured: z.string().transform((value) => value !== ''),
  ...inEveryLocale('title', title),
  ...inEveryLocale('summary', summary),
};

/** The names of the fields of the form in which a report is edited: `title.en`, `summary.en`, `title.de` … */
export type ReportField = keyof typeof shape;

// The names are the shape's own.
export const reportFields = Object.keys(shape) as ReportField[];

/** Reads the form of a report. */
export const reportFormSchema = z.object(shape).transform((form) => ({
  id: form.id,
  version: form.version,
  priceSingleUser: form.priceSingleUser,
  priceMultiUser: form.priceMultiUser,
  priceEnterprise: form.priceEnterprise,
  featured: form.featured,
  translations: locales.map((locale) => ({
    locale,
    title: form[`title.${locale}`],
    summary: form[`summary.${locale}`],
  })),
}));

export type ReportEdit = z.output<typeof reportFormSchema>;

const statusShape = {
  id,
  version: id,
  published: z.enum(['true', 'false']).transform((value) => value === 'true'),
};

export type StatusField = keyof typeof statusShape;
export const statusFields = Object.keys(statusShape) as StatusField[];
export const statusFormSchema = z.object(statusShape);

function inEveryLocale<Name extends string, S extends z.ZodType>(name: Name, schema: S) {
  const entries = locales.map((locale) => [`${name}.${locale}`, schema] as const);
  // Every locale has an entry, which is what the type says.
  return Object.fromEntries(entries) as Record<`${Name}.${Locale}`, S>;
}
