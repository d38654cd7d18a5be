import {
  type Chapter,
  type Localized,
  locales,
  type SeedData,
  type SeedReport,
} from '../../src/seed-data.ts';

/** Made-up content of any size, the same at every call. */
export function makeCatalogue(reportCount: number): SeedData {
  return {
    categories: ['energy', 'health', 'food'].map((slug, index) => ({
      slug,
      icon: 'box',
      sortOrder: index + 1,
      translations: localized((locale) => ({ name: `${slug} ${locale}`, description: `About ${slug}` })),
    })),
    regions: ['europe', 'asia-pacific', 'north-america'].map((slug, index) => ({
      slug,
      sortOrder: index + 1,
      translations: localized((locale) => ({ name: `${slug} ${locale}` })),
    })),
    reports: Array.from({ length: reportCount }, (_, index) => makeReport(index)),
  };
}

const themes: Localized<string> = {
  en: 'Batteries of Solids',
  de: 'Übergrößen-Maßbänder',
  fr: 'Énergie des océans',
  es: 'Señalización',
  it: 'Qualità dell’acqua',
  ja: 'ガラス基板とバッテリー',
  ko: '한국 배터리',
};

function makeReport(index: number): SeedReport {
  const day = new Date(Date.UTC(2025, 0, 1 + (index % 300)));
  const price = 3950.5 + (index % 7) * 100;
  return {
    slug: `theme-${index}-market`,
    code: `TBI-${1000 + index}`,
    category: (['energy', 'health', 'food'] as const)[index % 3] ?? 'energy',
    regions: index % 2 === 0 ? ['europe', 'asia-pacific'] : ['north-america'],
    status: index % 10 === 9 ? 'draft' : 'published',
    featured: index % 5 === 0,
    publishedAt: day.toISOString().slice(0, 10),
    pages: 120 + (index % 200),
    priceSingleUser: price,
    priceMultiUser: price + 1500,
    priceEnterprise: price + 3000.25,
    baseYear: 2025,
    forecastYear: 2033,
    marketSizeBaseUsdM: 1234.56 + index,
    marketSizeForecastUsdM: 4321.09 + index,
    cagrPercent: 16.95,
    keyPlayers: [`Nordlicht ${index}`, 'Ménard & Fils', '光学株式会社'],
    translations: localized((locale) => ({
      title: `${themes[locale]} ${index}`,
      summary: `${themes[locale]}: 100 % of it_${index}. “Quoted”, \\ and 😀. `.repeat(5).trim(),
      tableOfContents: makeChapters(locale),
    })),
  };
}

function makeChapters(locale: string): Chapter[] {
  return [
    { title: `Summary ${locale}`, sections: [] },
    { title: 'By region', sections: ['Europe', 'Asia', '日本'] },
  ];
}

function localized<T>(make: (locale: keyof Localized<T>) => T): Localized<T> {
  // Every locale is in the list.
  return Object.fromEntries(locales.map((locale) => [locale, make(locale)])) as Record<keyof Localized<T>, T>;
}
