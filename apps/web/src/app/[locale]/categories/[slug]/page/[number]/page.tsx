import type { Metadata } from 'next';
import { CategoryReports } from '../../../../../../components/catalogue/category-reports.tsx';
import { pageMetadata } from '../../../../../../components/page-metadata.ts';
import { UnknownAddress } from '../../../../../../components/unknown-address.tsx';
import { currentLanguage } from '../../../../../../i18n/current.ts';
import { defaultLocale } from '../../../../../../i18n/locales.ts';
import { paths } from '../../../../../../i18n/paths.ts';
import { getCategory, listCategories } from '../../../../../../server/catalogue.ts';

export const ensureStatic = 'navigation';

/**
 * The first page has the category's own address; the build renders the second, visitors the rest. Where there
 * is no second page, what is rendered is the 404.
 */
export async function generateStaticParams() {
  return (await listCategories(defaultLocale)).map(({ slug }) => ({ slug, number: '2' }));
}

type Props = PageProps<'/[locale]/categories/[slug]/page/[number]'>;

/** The number of a page after the first, or `null`. */
function parsePage(text: string): number | null {
  return /^[1-9]\d{0,3}$/.test(text) && text !== '1' ? Number(text) : null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  const { slug, number } = await params;
  const category = await getCategory(locale, slug);
  const page = parsePage(number);
  if (category === null || page === null) return { title: t('notFound.title') };
  return pageMetadata({
    locale,
    title: `${category.name}, ${t('pagination.page', { page: number })}`,
    description: t('categories.description', { name: category.name }),
    pathOf: (language) => paths.category(language, category.slug, page),
  });
}

export default async function CategoryPageOfReports({ params }: Props) {
  const { locale } = await currentLanguage();
  const { slug, number } = await params;
  const category = await getCategory(locale, slug);
  const page = parsePage(number);
  if (category === null || page === null) return <UnknownAddress />;
  return <CategoryReports category={category} page={page} />;
}
