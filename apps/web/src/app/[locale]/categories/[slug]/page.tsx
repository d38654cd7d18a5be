import type { Metadata } from 'next';
import { CategoryReports } from '../../../../components/catalogue/category-reports.tsx';
import { pageMetadata } from '../../../../components/page-metadata.ts';
import { UnknownAddress } from '../../../../components/unknown-address.tsx';
import { currentLanguage } from '../../../../i18n/current.ts';
import { defaultLocale } from '../../../../i18n/locales.ts';
import { paths } from '../../../../i18n/paths.ts';
import { getCategory, listCategories } from '../../../../server/catalogue.ts';

/** Whole pages for every category, also for one that was not there at the build: so that others are a 404. */
export const ensureStatic = 'navigation';

export async function generateStaticParams() {
  return (await listCategories(defaultLocale)).map(({ slug }) => ({ slug }));
}

type Props = PageProps<'/[locale]/categories/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  const category = await getCategory(locale, (await params).slug);
  if (category === null) return { title: t('notFound.title') };
  return pageMetadata({
    locale,
    title: category.name,
    description: t('categories.description', { name: category.name }),
    pathOf: (language) => paths.category(language, category.slug),
  });
}

export default async function CategoryPage({ params }: Props) {
  const { locale } = await currentLanguage();
  const category = await getCategory(locale, (await params).slug);
  if (category === null) return <UnknownAddress />;
  return <CategoryReports category={category} page={1} />;
}
