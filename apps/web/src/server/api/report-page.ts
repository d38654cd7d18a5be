import type { Locale } from '../../i18n/locales.ts';
import { countReports, filtersOf, findReports, reportsPerPage } from '../catalogue/queries.ts';
import type { Page, ReportCard } from '../catalogue/views.ts';
import type { ReportQuery } from '../report-query.ts';

/** One page of published reports; a page beyond the last is empty. */
export async function readReportPage(locale: Locale, query: ReportQuery): Promise<Page<ReportCard>> {
  const filters = filtersOf(query);
  const [total, items] = await Promise.all([
    countReports(locale, filters),
    findReports(locale, filters, query.sort, query.page),
  ]);
  const pageCount = Math.max(1, Math.ceil(total / reportsPerPage));
  return { items, total, page: query.page, pageCount, pageSize: reportsPerPage };
}
