import { z } from 'zod';

export const reportSorts = ['newest', 'oldest', 'price-asc', 'price-desc', 'growth'] as const;
export type ReportSort = (typeof reportSorts)[number];

/** Prices in filters are multiples of this, so that odd numbers in URLs cannot make cache entries without end. */
export const priceStepUsd = 500;
const maxPriceUsd = 20_000;
const maxPage = 1_000;
const maxWordsLength = 80;

/** A list of reports as its URL describes it. `null` and `''` are filters that are not set. */
export interface ReportQuery {
  /** The visitor's words, at most 80 characters. */
  readonly q: string;
  /** Slug of a category. */
  readonly category: string | null;
  /** Slug of a region. */
  readonly region: string | null;
  /** Bounds of the single-user price in US dollars, inclusive, multiples of `priceStepUsd`. */
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  /** Year of publication. */
  readonly year: number | null;
  readonly sort: ReportSort;
  /** From 1. */
  readonly page: number;
}

export const defaultReportQuery: ReportQuery = {
  q: '',
  category: null,
  region: null,
  minPrice: null,
  maxPrice: null,
  year: null,
  sort: 'newest',
  page: 1,
};

/** What Next hands to a page; of a repeated parameter the first counts. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(120);
const words = z
  .string()
  .transform((text) =>
    [...text.normalize('NFC').replace(/\s+/gu, ' ').trim()].slice(0, maxWordsLength).join('').trim(),
  );
const price = (round: (steps: number) => number) =>
  wholeNumber.transform((usd) => Math.min(round(usd / priceStepUsd) * priceStepUsd, maxPriceUsd));

const schema = z.object({
  q: words.catch(''),
  category: slug.nullable().catch(null),
  region: slug.nullable().catch(null),
  min: price(Math.floor).nullable().catch(null),
  max: price(Math.ceil).nullable().catch(null),
  year: wholeNumber.pipe(z.number().min(2000).max(2099)).nullable().catch(null),
  sort: z.enum(reportSorts).catch('newest'),
  page: wholeNumber.pipe(z.number().min(1).max(maxPage)).catch(1),
});

/**
 * The list that a URL asks for. Never fails: what is missing, malformed or out of range is the default, and
 * price bounds in the wrong order are exchanged.
 */
export function parseReportQuery(searchParams: SearchParams): ReportQuery {
  const { min, max, ...rest } = schema.parse(firstValues(searchParams, Object.keys(schema.shape)));
  const exchanged = min !== null && max !== null && min > max;
  return { ...rest, minPrice: exchanged ? max : min, maxPrice: exchanged ? min : max };
}

/** The canonical URL parameters of a list, the inverse of `parseReportQuery`: fixed order, no defaults. */
export function reportQueryToSearchParams(query: Partial<ReportQuery>): URLSearchParams {
  const full = { ...defaultReportQuery, ...query };
  const params = new URLSearchParams();
  if (full.q !== '') params.set('q', full.q);
  if (full.category !== null) params.set('category', full.category);
  if (full.region !== null) params.set('region', full.region);
  if (full.minPrice !== null) params.set('min', String(full.minPrice));
  if (full.maxPrice !== null) params.set('max', String(full.maxPrice));
  if (full.year !== null) params.set('year', String(full.year));
  if (full.sort !== defaultReportQuery.sort) params.set('sort', full.sort);
  if (full.page !== 1) params.set('page', String(full.page));
  return params;
}

export interface AdminReportQuery {
  readonly q: string;
  readonly status: 'all' | 'draft' | 'published';
  readonly page: number;
}

const adminSchema = schema.pick({ q: true, page: true }).extend({
  status: z.enum(['all', 'draft', 'published']).catch('all'),
});

/** The same for the table of the admin pages: `q`, `status`, `page`. */
export function parseAdminReportQuery(searchParams: SearchParams): AdminReportQuery {
  return adminSchema.parse(firstValues(searchParams, Object.keys(adminSchema.shape)));
}

export function adminReportQueryToSearchParams(query: Partial<AdminReportQuery>): URLSearchParams {
  const params = new URLSearchParams();
  if (query.q) params.set('q', query.q);
  if (query.status && query.status !== 'all') params.set('status', query.status);
  if (query.page && query.page !== 1) params.set('page', String(query.page));
  return params;
}

function firstValues(
  searchParams: SearchParams,
  names: readonly string[],
): Record<string, string | undefined> {
  return Object.fromEntries(
    names.map((name) => {
      const value = searchParams[name];
      return [name, Array.isArray(value) ? value[0] : value];
    }),
  );
}
