import 'server-only';
import { type Prisma, type ReportStatus, searchFilters } from '@tbi/database';
import { notFound } from 'next/navigation';
import { type Locale, locales } from '../i18n/locales.ts';
import { hasRole } from './auth.ts';
import { inLocale, nameOf, pickTranslation } from './catalogue/rows.ts';
import type { Page } from './catalogue/views.ts';
import { withDatabase } from './database.ts';
import type { AdminReportQuery } from './report-query.ts';

/** What administrators read: never cached, drafts included. Everybody else gets the not-found page. */

export interface AdminReportRow {
  readonly id: number;
  readonly slug: string;
  readonly code: string;
  readonly title: string;
  readonly category: string;
  readonly status: ReportStatus;
  readonly featured: boolean;
  /** US dollars. */
  readonly priceSingleUser: number;
  /** `YYYY-MM-DD`. */
  readonly publishedAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** For `setPublished`. */
  readonly version: number;
}

export interface EditableReport {
  readonly id: number;
  readonly slug: string;
  readonly code: string;
  readonly status: ReportStatus;
  readonly featured: boolean;
  /** For `saveReport` and `setPublished`. */
  readonly version: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** US dollars with two decimals, as form fields hold them. */
  readonly prices: {
    readonly priceSingleUser: string;
    readonly priceMultiUser: string;
    readonly priceEnterprise: string;
  };
  readonly translations: Readonly<Record<Locale, { readonly title: string; readonly summary: string }>>;
}

export const adminReportsPerPage = 25;

/** All reports, the last edited first. A page beyond the last is the last one. Searches titles in `locale`. */
export async function listReportsForAdmin(
  locale: Locale,
  query: AdminReportQuery,
): Promise<Page<AdminReportRow>> {
  if (!(await hasRole('admin'))) notFound();
  const filters = searchFilters(query.q);
  const where: Prisma.ReportWhereInput = {
    ...(query.status !== 'all' && { status: query.status }),
    ...(filters.length > 0 && { translations: { some: { locale, AND: filters } } }),
  };
  const total = await withDatabase((client) => client.report.count({ where }));
  const pageCount = Math.max(1, Math.ceil(total / adminReportsPerPage));
  const page = Math.min(query.page, pageCount);
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where,
      orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * adminReportsPerPage,
      take: adminReportsPerPage,
      include: {
        category: { include: { translations: { where: inLocale(locale) } } },
        translations: { where: inLocale(locale), select: { locale: true, title: true } },
      },
    }),
  );
  const items = rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    code: row.code,
    title: pickTranslation(row.translations, locale)?.title ?? row.code,
    category: nameOf(row.category, locale),
    status: row.status,
    featured: row.featured,
    priceSingleUser: row.priceSingleUser.toNumber(),
    publishedAt: row.publishedAt.toISOString().slice(0, 10),
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  }));
  return { items, total, page, pageCount, pageSize: adminReportsPerPage };
}

/** A report with all its translations; `null` when there is none with this id. */
export async function getReportForEditing(id: number): Promise<EditableReport | null> {
  if (!(await hasRole('admin'))) notFound();
  if (!Number.isSafeInteger(id) || id < 1 || id > 2 ** 31 - 1) return null;
  const row = await withDatabase((client) =>
    client.report.findUnique({
      where: { id },
      include: { translations: { select: { locale: true, title: true, summary: true } } },
    }),
  );
  if (row === null) return null;
  const texts = (locale: Locale) => {
    const translation = row.translations.find((candidate) => candidate.locale === locale);
    return { title: translation?.title ?? '', summary: translation?.summary ?? '' };
  };
  return {
    id: row.id,
    slug: row.slug,
    code: row.code,
    status: row.status,
    featured: row.featured,
    version: row.version,
    updatedAt: row.updatedAt.toISOString(),
    prices: {
      priceSingleUser: row.priceSingleUser.toFixed(2),
      priceMultiUser: row.priceMultiUser.toFixed(2),
      priceEnterprise: row.priceEnterprise.toFixed(2),
    },
    // Every locale has an entry, which is what the type says.
    translations: Object.fromEntries(
      locales.map((locale) => [locale, texts(locale)]),
    ) as EditableReport['translations'],
  };
}
