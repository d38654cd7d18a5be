import {
  type Locale,
  type Localized,
  locales,
  type SeedData,
  type SeedReport,
} from '../../packages/database/src/seed-data.ts';
import { categories } from './categories.ts';
import { regionSlugs, reportFigures } from './figures.ts';
import { proseOf, reportTexts } from './report-texts.ts';
import { publicationSlot } from './schedule.ts';
import type { Category } from './vocabulary.ts';

/** The catalogue's content: the same on every machine and at any time. */
export function buildSeed(): SeedData {
  return {
    categories: categories.map(({ slug, icon, name, description }, index) => ({
      slug,
      icon,
      sortOrder: index + 1,
      translations: localized((locale) => ({ name: name[locale], description: description[locale] })),
    })),
    regions: regionSlugs.map((slug, index) => ({
      slug,
      sortOrder: index + 1,
      translations: localized((locale) => ({ name: proseOf[locale].regions[slug].name })),
    })),
    reports: categories.flatMap(reportsOf),
  };
}

function reportsOf(category: Category, categoryIndex: number): SeedReport[] {
  return category.markets.map((market, index) => {
    const { rank, publishedAt } = publicationSlot(categoryIndex, index, {
      categories: categories.length,
      reports: category.markets.length,
    });
    const figures = reportFigures(category, market, publishedAt);
    return {
      slug: `${slugOf(market.name.en)}-market`,
      code: `TBI-${1001 + categoryIndex * category.markets.length + index}`,
      category: category.slug,
      regions: figures.regions,
      status: 'published',
      featured: market.featured ?? false,
      publishedAt: publishedAt.toISOString().slice(0, 10),
      pages: figures.pages,
      priceSingleUser: figures.priceSingleUser,
      priceMultiUser: figures.priceMultiUser,
      priceEnterprise: figures.priceEnterprise,
      baseYear: figures.baseYear,
      forecastYear: figures.forecastYear,
      marketSizeBaseUsdM: figures.marketSizeBaseUsdM,
      marketSizeForecastUsdM: figures.marketSizeForecastUsdM,
      cagrPercent: figures.cagrPercent,
      keyPlayers: figures.keyPlayers,
      translations: localized((locale) => reportTexts(locale, market, figures, rank)),
    };
  });
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function localized<T>(translate: (locale: Locale) => T): Localized<T> {
  return Object.fromEntries(locales.map((locale) => [locale, translate(locale)])) as Localized<T>;
}
