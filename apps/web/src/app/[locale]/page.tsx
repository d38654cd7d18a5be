import type { Metadata } from 'next';
import Link from 'next/link';
import { CategoryIcon } from '../../components/catalogue/category-icon.tsx';
import { SearchBox } from '../../components/catalogue/search-box.tsx';
import { CatalogueNumbers } from '../../components/home/catalogue-numbers.tsx';
import { LeadingReport } from '../../components/home/leading-report.tsx';
import { Principles } from '../../components/home/principles.tsx';
import { JsonLd } from '../../components/json-ld.tsx';
import { MoreLink } from '../../components/layout/more-link.tsx';
import { Section } from '../../components/layout/section.tsx';
import { pageMetadata } from '../../components/page-metadata.ts';
import { ReportRow } from '../../components/report/report-row.tsx';
import { ReportTile } from '../../components/report/report-tile.tsx';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import { listCategories, listFeaturedReports, listLatestReports } from '../../server/catalogue.ts';
import { siteUrl } from '../../server/site.ts';

const shownFeatured = 8;
const shownLatest = 5;

/** The whole page comes from the cache. */
export const ensureStatic = 'navigation';

/** Nothing that changes with an edit is prefetched for more than `lifetimes.catalogue.stale` seconds. */
export const instant = false;

export async function generateMetadata(): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  return pageMetadata({
    locale,
    // The name is not added to the title of the first page by itself.
    title: `${t('site.name')} · ${t('home.title')}`,
    description: t('site.description'),
    pathOf: paths.home,
  });
}

export default async function HomePage() {
  const { locale, t } = await currentLanguage();
  const [categories, featured, latest] = await Promise.all([
    listCategories(locale),
    listFeaturedReports(locale),
    listLatestReports(locale),
  ]);
  const [leading, ...others] = featured.length > 0 ? featured : latest;
  return (
    <>
      <JsonLd
        data={{
          '@type': 'Organization',
          name: t('site.name'),
          url: siteUrl(),
          description: t('site.description'),
        }}
      />
      <div className="page grid items-start gap-x-16 gap-y-14 pt-12 pb-16 sm:pt-20 lg:grid-cols-[1.15fr_1fr] lg:pb-24">
        <div>
          <h1 className="max-w-3xl text-4xl">{t('home.headline')}</h1>
          <p className="mt-6 mb-9 max-w-xl text-lg text-muted sm:mt-8">{t('home.lede')}</p>
          <SearchBox />
          <CatalogueNumbers />
        </div>
        {leading && <LeadingReport report={leading} />}
      </div>
      <div className="page space-y-20 sm:space-y-24">
        <Section
          id="featured"
          title={t('home.featured')}
          aside={<MoreLink href={paths.reports(locale)}>{t('home.seeAllReports')}</MoreLink>}
        >
          <p className="mt-1 text-muted">{t('home.featuredLede')}</p>
          <ul className="mt-8 grid grid-cols-2 gap-x-5 gap-y-10 sm:gap-x-8 md:grid-cols-4">
            {others.slice(0, shownFeatured).map((report) => (
              <li key={report.id} className="max-md:nth-[n+5]:hidden">
                <ReportTile report={report} />
              </li>
            ))}
          </ul>
        </Section>
        <Section
          id="categories"
          title={t('home.categories')}
          aside={<MoreLink href={paths.categories(locale)}>{t('home.seeAllCategories')}</MoreLink>}
        >
          <ul className="mt-5 grid gap-x-10 sm:grid-cols-2 lg:grid-cols-3">
            {categories.map((category) => (
              <li key={category.id} className="border-b border-rule">
                <Link
                  href={paths.category(locale, category.slug)}
                  className="group flex items-center gap-4 py-4"
                >
                  <CategoryIcon name={category.icon} className="size-6 shrink-0 text-accent" />
                  <span className="grow font-serif text-lg leading-snug underline-offset-4 group-hover:underline">
                    {category.name}
                  </span>
                  <span className="figures text-sm text-muted">
                    <span aria-hidden="true">{category.reportCount}</span>
                    <span className="sr-only">
                      {t('categories.reports', { count: category.reportCount })}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
        <Section
          id="newest"
          title={t('home.newest')}
          aside={<MoreLink href={paths.reports(locale)}>{t('home.seeAllReports')}</MoreLink>}
        >
          <ul className="mt-5 border-b border-rule">
            {latest.slice(0, shownLatest).map((report) => (
              <li key={report.id}>
                <ReportRow report={report} level="h3" />
              </li>
            ))}
          </ul>
        </Section>
        <Principles />
      </div>
    </>
  );
}
