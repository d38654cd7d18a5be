/** Everything that pages for visitors read. All of it is cached; only published reports are in it. */
export { getCategory, listCategories, listRegions } from './catalogue/categories.ts';
export { listReports } from './catalogue/report-list.ts';
export {
  getCatalogueFigures,
  getReport,
  listFeaturedReports,
  listLatestReports,
  listPrerenderedReportSlugs,
  listRelatedReports,
} from './catalogue/reports.ts';
export { listSitemapEntries } from './catalogue/sitemap-entries.ts';
export type {
  CategoryView,
  LicencePrices,
  MarketFigures,
  ReportCard,
  ReportDetail,
} from './catalogue/views.ts';
