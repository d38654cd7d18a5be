import { X } from 'lucide-react';
import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { listCategories, listRegions } from '../../server/catalogue.ts';
import type { ReportQuery } from '../../server/report-query.ts';

/** The filters that are set, each with a link to the list without it. */
export async function ActiveFilters({ query }: { query: ReportQuery }) {
  const { locale, t, format } = await currentLanguage();
  const [categories, regions] = await Promise.all([listCategories(locale), listRegions(locale)]);
  const nameIn = (items: readonly { slug: string; name: string }[], slug: string) =>
    items.find((item) => item.slug === slug)?.name ?? slug;
  const filters: { name: string; without: Partial<ReportQuery> }[] = [];
  if (query.q !== '') filters.push({ name: query.q, without: { q: '' } });
  if (query.category !== null) {
    filters.push({ name: nameIn(categories, query.category), without: { category: null } });
  }
  if (query.region !== null) filters.push({ name: nameIn(regions, query.region), without: { region: null } });
  if (query.minPrice !== null) {
    const price = format.usd(query.minPrice);
    filters.push({ name: t('reports.priceFrom', { price }), without: { minPrice: null } });
  }
  if (query.maxPrice !== null) {
    const price = format.usd(query.maxPrice);
    filters.push({ name: t('reports.priceUpTo', { price }), without: { maxPrice: null } });
  }
  if (query.year !== null) filters.push({ name: String(query.year), without: { year: null } });
  if (filters.length === 0) return null;
  return (
    <ul aria-label={t('reports.active')} className="flex flex-wrap gap-2 pb-5">
      {filters.map(({ name, without }) => (
        <li key={Object.keys(without).join()}>
          <Link
            href={paths.reports(locale, { ...query, ...without, page: 1 })}
            scroll={false}
            aria-label={t('reports.removeFilter', { name })}
            className="inline-flex min-h-9 items-center gap-1.5 rounded-full bg-tint px-3.5 text-sm hover:bg-rule"
          >
            {name}
            <X size={14} strokeWidth={2} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
