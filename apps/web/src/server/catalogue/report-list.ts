import { normaliseSearchText, type Prisma, searchFilters } from '@tbi/database';
import { cacheLife } from 'next/cache';
import type { Locale } from '../../i18n/locales.ts';
import { withDatabase } from '../database.ts';
import type { ReportQuery, ReportSort } from '../report-query.ts';
import { listCategories, listRegions } from './categories.ts';
import { published, reportCardSelect, toReportCard } from './rows.ts';
import type { Page, ReportCard } from './views.ts';

const reportsPerPage = 12;

/** What decides which reports are found. Its values are part of cache keys: canonical, and no more than needed. */
interface Filters {
  /** Normalised, so that the same words in another spelling are the same entry. */
  readonly words: string;
  readonly category: string | null;
  readonly region: string | null;
  readonly minPrice: number | null;
  readonly maxPrice: number | null;
  readonly year: number | null;
}

const orders = {
  newest: [{ publishedAt: 'desc' }, { id: 'desc' }],
  oldest: [{ publishedAt: 'asc' }, { id: 'asc' }],
  'price-asc': [{ priceSingleUser: 'asc' }, { id: 'desc' }],
  'price-desc': [{ priceSingleUser: 'desc' }, { id: 'desc' }],
  growth: [{ cagrPercent: 'desc' }, { id: 'desc' }],
} as const satisfies Record<ReportSort, Prisma.ReportOrderByWithRelationInput[]>;

/**
 * The published reports that a query asks for, with the total. A page beyond the last is the last one.
 *
 * A flood of odd URLs leaves few entries: unknown categories and regions and pages that do not exist are
 * answered without any, and what free text makes lives for minutes only.
 */
export async function listReports(locale: Locale, query: ReportQuery): Promise<Page<ReportCard>> {
  const { category, region, minPrice, maxPrice, year } = query;
  const filters: Filters = {
    words: normaliseSearchText(query.q),
    category,
    region,
    minPrice,
    maxPrice,
    year,
  };
  const total = (await areKnown(filters)) ? await countReports(locale, filters) : 0;
  const pageCount = Math.max(1, Math.ceil(total / reportsPerPage));
  const page = Math.min(query.page, pageCount);
  const items = total === 0 ? [] : await readReports(locale, filters, query.sort, page);
  return { items, total, page, pageCount, pageSize: reportsPerPage };
}

async function areKnown({ category, region }: Filters): Promise<boolean> {
  const known = async (slug: string | null, list: (locale: Locale) => Promise<{ slug: string }[]>) =>
    slug === null || (await list('en')).some((item) => item.slug === slug);
  return (await known(category, listCategories)) && (await known(region, listRegions));
}

async function countReports(locale: Locale, filters: Filters): Promise<number> {
  'use cache';
  if (filters.words === '') cacheLife('catalogue');
  else cacheLife('search');
  return withDatabase((client) => client.report.count({ where: toWhere(locale, filters) }));
}

async function readReports(
  locale: Locale,
  filters: Filters,
  sort: ReportSort,
  page: number,
): Promise<ReportCard[]> {
  'use cache';
  if (filters.words === '') cacheLife('catalogue');
  else cacheLife('search');
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: toWhere(locale, filters),
      orderBy: [...orders[sort]],
      skip: (page - 1) * reportsPerPage,
      take: reportsPerPage,
      select: reportCardSelect(locale),
    }),
  );
  return rows.map((row) => toReportCard(row, locale));
}

function toWhere(
  locale: Locale,
  { words, category, region, minPrice, maxPrice, year }: Filters,
): Prisma.ReportWhereInput {
  return {
    ...published,
    ...(words !== '' && { translations: { some: { locale, AND: searchFilters(words) } } }),
    ...(category !== null && { category: { slug: category } }),
    ...(region !== null && { regions: { some: { region: { slug: region } } } }),
    ...(year !== null && {
      publishedAt: { gte: new Date(Date.UTC(year, 0, 1)), lt: new Date(Date.UTC(year + 1, 0, 1)) },
    }),
    priceSingleUser: {
      ...(minPrice !== null && { gte: minPrice }),
      ...(maxPrice !== null && { lte: maxPrice }),
    },
  };
}
