import { normaliseSearchText, type Prisma, searchFilters } from '@tbi/database';
import type { Locale } from '../../i18n/locales.ts';
import { withDatabase } from '../database.ts';
import type { ReportQuery, ReportSort } from '../report-query.ts';
import {
  inLocale,
  pickTranslation,
  published,
  reportCardSelect,
  reportDetailSelect,
  toReportCard,
  toReportDetail,
} from './rows.ts';
import type { CategoryView, ReportCard, ReportDetail } from './views.ts';

/** What pages and the API ask the database. What is made of the answers depends on the rows that were read for them. */

export const reportsPerPage = 12;

/** What decides which reports are found. Its values are part of cache keys: canonical, and no more than needed. */
export interface ReportFilters {
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

export function filtersOf({ q, category, region, minPrice, maxPrice, year }: ReportQuery): ReportFilters {
  return { words: normaliseSearchText(q), category, region, minPrice, maxPrice, year };
}

export function countReports(locale: Locale, filters: ReportFilters): Promise<number> {
  return withDatabase((client) =>
    client.report.count({ where: toWhere(locale, filters), ...cachingOf(filters) }),
  );
}

export async function findReports(
  locale: Locale,
  filters: ReportFilters,
  sort: ReportSort,
  page: number,
): Promise<ReportCard[]> {
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: toWhere(locale, filters),
      orderBy: [...orders[sort]],
      skip: (page - 1) * reportsPerPage,
      take: reportsPerPage,
      select: reportCardSelect(locale),
      ...cachingOf(filters),
    }),
  );
  return rows.map((row) => toReportCard(row, locale));
}

/** What free text finds is kept by whoever shows it, and hardly ever asked for by anybody else. */
function cachingOf({ words }: ReportFilters): { cache?: false } {
  return words === '' ? {} : { cache: false };
}

/** A published report. */
export async function findReport(locale: Locale, slug: string): Promise<ReportDetail | null> {
  const row = await withDatabase((client) =>
    client.report.findUnique({ where: { slug, ...published }, select: reportDetailSelect(locale) }),
  );
  return row && toReportDetail(row, locale);
}

/** All categories in their order, with the number of their published reports. */
export async function findCategories(locale: Locale): Promise<CategoryView[]> {
  const rows = await withDatabase((client) =>
    client.category.findMany({
      orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
      select: {
        id: true,
        slug: true,
        icon: true,
        translations: { where: inLocale(locale), select: { locale: true, name: true, description: true } },
        _count: { select: { reports: { where: published } } },
      },
    }),
  );
  return rows.map((row) => {
    const translation = pickTranslation(row.translations, locale);
    return {
      id: row.id,
      slug: row.slug,
      icon: row.icon,
      name: translation?.name ?? row.slug,
      description: translation?.description ?? '',
      reportCount: row._count.reports,
    };
  });
}

function toWhere(
  locale: Locale,
  { words, category, region, minPrice, maxPrice, year }: ReportFilters,
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
