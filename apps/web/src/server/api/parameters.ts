import { z } from 'zod';
import { defaultLocale, locales } from '../../i18n/locales.ts';
import { type ReportQuery, reportSorts } from '../report-query.ts';
import { errorResponse } from './respond.ts';

const maxPage = 1_000;
const maxPriceUsd = 20_000;
/** Prices are filtered in these steps, as on the pages, so that odd numbers cannot make cache entries without end. */
const priceStepUsd = 500;

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((number) => number >= from && number <= to, `must be from ${from} to ${to}`);
const price = wholeNumber(0, maxPriceUsd).refine(
  (usd) => usd % priceStepUsd === 0,
  `must be a multiple of ${priceStepUsd}`,
);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a slug, such as "health-care"')
  .max(120);
const words = z
  .string('is missing')
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' '));
const locale = z.enum(locales, `must be one of ${locales.join(', ')}`).default(defaultLocale);
const page = wholeNumber(1, maxPage).default(1);

export const localeParameters = z.object({ locale });

export const searchParameters = z.object({ locale, page, q: words });

export const reportParameters = z
  .object({
    locale,
    page,
    q: words.optional(),
    category: slug.optional(),
    region: slug.optional(),
    min: price.optional(),
    max: price.optional(),
    year: wholeNumber(2000, 2099).optional(),
    sort: z.enum(reportSorts, `must be one of ${reportSorts.join(', ')}`).default('newest'),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    path: ['min'],
    message: 'must not be above max',
  });

export const exampleParameters = z.object({
  id: z.string('is missing').regex(/^[\w-]{1,40}$/, 'must have 1 to 40 letters, digits, "-" or "_"'),
});

/** The names of a schema's parameters, for the option `query` of a cached route. */
export const namesOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape);

/**
 * The parameters of a request, or a 400 that names every wrong one.
 */
export function readParameters<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
):
  | { readonly ok: true; readonly values: z.output<Schema> }
  | { readonly ok: false; readonly response: Response } {
  const { searchParams } = new URL(request.url);
  const repeated = [...searchParams.keys()].filter((name) => searchParams.getAll(name).length > 1);
  const parsed = schema.safeParse(Object.fromEntries(searchParams));
  if (parsed.success && repeated.length === 0) return { ok: true, values: parsed.data };
  const parameters = Object.fromEntries([
    ...(parsed.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
    ...repeated.map((name) => [name, 'must be given once']),
  ]);
  return {
    ok: false,
    response: errorResponse(400, 'invalid-parameters', 'Some parameters are wrong.', parameters),
  };
}

/** The list of reports that parameters ask for. */
export function reportQueryOf(parameters: z.output<typeof reportParameters>): ReportQuery {
  const {
    q = '',
    category = null,
    region = null,
    min = null,
    max = null,
    year = null,
    sort,
    page,
  } = parameters;
  return { q, category, region, minPrice: min, maxPrice: max, year, sort, page };
}
