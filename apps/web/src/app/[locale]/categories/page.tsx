import type { Metadata } from 'next';
import Link from 'next/link';
import { CategoryIcon } from '../../../components/catalogue/category-icon.tsx';
import { Breadcrumb } from '../../../components/layout/breadcrumb.tsx';
import { PageHeading } from '../../../components/layout/page-heading.tsx';
import { pageMetadata } from '../../../components/page-metadata.ts';
import { currentLanguage } from '../../../i18n/current.ts';
import { paths } from '../../../i18n/paths.ts';
import { listCategories } from '../../../server/catalogue.ts';

/** The whole page comes from the cache. */
export const ensureStatic = 'navigation';

/** Nothing that changes with an edit is prefetched for more than `lifetimes.catalogue.stale` seconds. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  return pageMetadata({
    locale,
    title: t('categories.title'),
    description: t('site.description'),
    pathOf: paths.categories,
  });
}

export default async function CategoriesPage() {
  const { locale, t } = await currentLanguage();
  const categories = await listCategories(locale);
  return (
    <div className="page">
      <Breadcrumb
        crumbs={[{ name: t('nav.home'), href: paths.home(locale) }, { name: t('categories.title') }]}
      />
      <PageHeading title={t('categories.title')} lede={t('categories.lede')} />
      <ul className="grid gap-x-10 border-t border-ink md:grid-cols-2 xl:grid-cols-3">
        {categories.map((category) => (
          <li key={category.id} className="group relative border-b border-rule py-7">
            <CategoryIcon name={category.icon} className="size-7 text-accent" />
            <h2 className="mt-4 text-xl">
              <Link
                href={paths.category(locale, category.slug)}
                className="underline-offset-4 group-hover:underline after:absolute after:inset-0"
              >
                {category.name}
              </Link>
            </h2>
            <p className="mt-2 text-sm text-muted">{category.description}</p>
            <p className="figures mt-3 text-sm font-semibold">
              {t('categories.reports', { count: category.reportCount })}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
