import { cacheLife } from 'next/cache';
import type { Locale } from '../../i18n/locales.ts';
import { withDatabase } from '../database.ts';
import { findReport } from './queries.ts';
import { published, reportCardSelect, toReportCard } from './rows.ts';
import type { ReportCard, ReportDetail } from './views.ts';

const possibleSlug = /^[a-z0-9-]{1,191}$/;

/** A published report; `null` when there is none with this slug. */
export async function getReport(locale: Locale, slug: string): Promise<ReportDetail | null> {
  return possibleSlug.test(slug) ? readReport(locale, slug) : null;
}

async function readReport(locale: Locale, slug: string): Promise<ReportDetail | null> {
  'use cache';
  const report = await findReport(locale, slug);
  // Slugs that lead nowhere are without end.
  if (report === null) cacheLife('search');
  else cacheLife('catalogue');
  return report;
}

/** The newest other reports of the same category, at most four. */
export async function listRelatedReports(locale: Locale, reportId: number): Promise<ReportCard[]> {
  'use cache';
  cacheLife('catalogue');
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: { ...published, id: { not: reportId }, category: { reports: { some: { id: reportId } } } },
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      take: 4,
      select: reportCardSelect(locale),
    }),
  );
  return rows.map((row) => toReportCard(row, locale));
}

/** Featured reports, newest first, at most twelve. */
export async function listFeaturedReports(locale: Locale): Promise<ReportCard[]> {
  'use cache';
  cacheLife('catalogue');
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: { ...published, featured: true },
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      take: 12,
      select: reportCardSelect(locale),
    }),
  );
  return rows.map((row) => toReportCard(row, locale));
}

/** The newest reports, at most twelve. */
export async function listLatestReports(locale: Locale): Promise<ReportCard[]> {
  'use cache';
  cacheLife('catalogue');
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: published,
      orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
      take: 12,
      select: reportCardSelect(locale),
    }),
  );
  return rows.map((row) => toReportCard(row, locale));
}

/** Numbers for the home page: published reports, the years in which they were published (newest first). */
export async function getCatalogueFigures(): Promise<{ reports: number; years: number[] }> {
  'use cache';
  cacheLife('catalogue');
  const { _count, _min, _max } = await withDatabase((client) =>
    client.report.aggregate({
      where: published,
      _count: { _all: true },
      _min: { publishedAt: true },
      _max: { publishedAt: true },
    }),
  );
  const first = _min.publishedAt?.getUTCFullYear();
  const last = _max.publishedAt?.getUTCFullYear();
  const years =
    first === undefined || last === undefined
      ? []
      : Array.from({ length: last - first + 1 }, (_, index) => last - index);
  return { reports: _count._all, years };
}

/** Slugs of the reports whose pages the build renders in advance: the featured ones. All others wait for a visitor. */
export async function listPrerenderedReportSlugs(): Promise<string[]> {
  'use cache';
  cacheLife('catalogue');
  const rows = await withDatabase((client) =>
    client.report.findMany({
      where: { ...published, featured: true },
      orderBy: { id: 'asc' },
      select: { slug: true },
    }),
  );
  return rows.map((row) => row.slug);
}
