import {
  type AdminReportQuery,
  adminReportQueryToSearchParams,
  type ReportQuery,
  reportQueryToSearchParams,
} from '../server/report-query.ts';
import type { Locale } from './locales.ts';

const withQuery = (path: string, params: URLSearchParams) => (params.size > 0 ? `${path}?${params}` : path);

/** The addresses of the site's pages, in one language. */
export const paths = {
  home: (locale: Locale) => `/${locale}`,
  categories: (locale: Locale) => `/${locale}/categories`,
  category: (locale: Locale, slug: string, page = 1) =>
    `/${locale}/categories/${slug}${page === 1 ? '' : `/page/${page}`}`,
  reports: (locale: Locale, query: Partial<ReportQuery> = {}) =>
    withQuery(`/${locale}/reports`, reportQueryToSearchParams(query)),
  report: (locale: Locale, slug: string) => `/${locale}/reports/${slug}`,
  signIn: (locale: Locale) => `/${locale}/sign-in`,
  account: (locale: Locale) => `/${locale}/account`,
  admin: (locale: Locale, query: Partial<AdminReportQuery> = {}) =>
    withQuery(`/${locale}/admin`, adminReportQueryToSearchParams(query)),
  adminCache: (locale: Locale) => `/${locale}/admin/cache`,
  adminReport: (locale: Locale, id: number) => `/${locale}/admin/reports/${id}`,
};
