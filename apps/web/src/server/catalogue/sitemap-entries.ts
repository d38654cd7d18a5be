import { cacheLife } from 'next/cache';
import { withDatabase } from '../database.ts';
import { published } from './rows.ts';

export interface SitemapEntry {
  readonly slug: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** Everything of the catalogue that search engines should know. */
export async function listSitemapEntries(): Promise<{ categories: SitemapEntry[]; reports: SitemapEntry[] }> {
  'use cache';
  cacheLife('catalogue');
  const select = { slug: true, updatedAt: true } as const;
  const [categories, reports] = await withDatabase((client) =>
    Promise.all([
      client.category.findMany({ orderBy: { id: 'asc' }, select }),
      client.report.findMany({ where: published, orderBy: { id: 'asc' }, select }),
    ]),
  );
  return { categories: categories.map(toEntry), reports: reports.map(toEntry) };
}

function toEntry({ slug, updatedAt }: { slug: string; updatedAt: Date }): SitemapEntry {
  return { slug, updatedAt: updatedAt.toISOString() };
}
