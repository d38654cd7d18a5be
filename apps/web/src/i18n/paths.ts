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
  signInLink: (locale: Locale) => `/${locale}/sign-in/link`,
  signUp: (locale: Locale) => `/${locale}/sign-up`,
  account: (locale: Locale) => `/${locale}/account`,
  admin: (locale: Locale, query: Partial<AdminReportQuery> = {}) =>
    withQuery(`/${locale}/admin`, adminReportQueryToSearchParams(query)),
  adminUsers: (locale: Locale, query: { readonly q?: string; readonly page?: number } = {}) =>
    withQuery(`/${locale}/admin/users`, adminReportQueryToSearchParams(query)),
  adminUser: (locale: Locale, id: string) => `/${locale}/admin/users/${id}`,
  adminCache: (locale: Locale) => `/${locale}/admin/cache`,
  adminReport: (locale: Locale, id: number) => `/${locale}/admin/reports/${id}`,
};
