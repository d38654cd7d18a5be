import { cacheLife } from 'next/cache';
import type { Locale } from '../../i18n/locales.ts';
import { withDatabase } from '../database.ts';
import { findCategories } from './queries.ts';
import { inLocale, toRegion } from './rows.ts';
import type { CategoryView, RegionView } from './views.ts';

/** All categories in their order, with the number of their published reports. */
export async function listCategories(locale: Locale): Promise<CategoryView[]> {
  'use cache';
  cacheLife('catalogue');
  return findCategories(locale);
}

/** `null` when there is no such category. Costs no entry of its own: odd slugs leave nothing in the cache. */
export async function getCategory(locale: Locale, slug: string): Promise<CategoryView | null> {
  const categories = await listCategories(locale);
  return categories.find((category) => category.slug === slug) ?? null;
}

/** All regions in their order. */
export async function listRegions(locale: Locale): Promise<RegionView[]> {
  'use cache';
  cacheLife('catalogue');
  const rows = await withDatabase((client) =>
    client.region.findMany({
      orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
      select: { slug: true, translations: { where: inLocale(locale), select: { locale: true, name: true } } },
    }),
  );
  return rows.map((row) => toRegion(row, locale));
}
