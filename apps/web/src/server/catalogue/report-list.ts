import { cacheLife } from 'next/cache';
import type { Locale } from '../../i18n/locales.ts';
import type { ReportQuery, ReportSort } from '../report-query.ts';
import { listCategories, listRegions } from './categories.ts';
import { countReports, filtersOf, findReports, type ReportFilters, reportsPerPage } from './queries.ts';
import type { Page, ReportCard } from './views.ts';

/**
 * The published reports that a query asks for, with the total. A page beyond the last is the last one.
 *
 * A flood of odd URLs leaves few entries: unknown categories and regions and pages that do not exist are
 * answered without any, and what free text makes lives for minutes only.
 */
export async function listReports(locale: Locale, query: ReportQuery): Promise<Page<ReportCard>> {
  const filters = filtersOf(query);
  const total = (await areKnown(filters)) ? await readCount(locale, filters) : 0;
  const pageCount = Math.max(1, Math.ceil(total / reportsPerPage));
  const page = Math.min(query.page, pageCount);
  const items = total === 0 ? [] : await readReports(locale, filters, query.sort, page);
  return { items, total, page, pageCount, pageSize: reportsPerPage };
}

async function areKnown({ category, region }: ReportFilters): Promise<boolean> {
  const known = async (slug: string | null, list: (locale: Locale) => Promise<{ slug: string }[]>) =>
    slug === null || (await list('en')).some((item) => item.slug === slug);
  return (await known(category, listCategories)) && (await known(region, listRegions));
}

async function readCount(locale: Locale, filters: ReportFilters): Promise<number> {
  'use cache';
  if (filters.words === '') cacheLife('catalogue');
  else cacheLife('search');
  return countReports(locale, filters);
}

async function readReports(
  locale: Locale,
  filters: ReportFilters,
  sort: ReportSort,
  page: number,
): Promise<ReportCard[]> {
  'use cache';
  if (filters.words === '') cacheLife('catalogue');
  else cacheLife('search');
  return findReports(locale, filters, sort, page);
}
