/** The languages of the catalogue. Every category, region and report has a translation in each. */
export const locales = ['en', 'de', 'fr', 'es', 'it', 'ja', 'ko'] as const;

export type Locale = (typeof locales)[number];

export type Localized<T> = Readonly<Record<Locale, T>>;

/** One chapter of a report's table of contents. Numbers are not part of the titles. */
export interface Chapter {
  readonly title: string;
  readonly sections: readonly string[];
}

export interface SeedCategory {
  readonly slug: string;
  /** Name of a lucide icon in kebab-case, such as `heart-pulse`. */
  readonly icon: string;
  readonly sortOrder: number;
  readonly translations: Localized<{ readonly name: string; readonly description: string }>;
}

export interface SeedRegion {
  readonly slug: string;
  readonly sortOrder: number;
  readonly translations: Localized<{ readonly name: string }>;
}

export interface SeedReport {
  /** ASCII kebab-case, unique, ends in `-market`. */
  readonly slug: string;
  /** Unique, such as `TBI-1234`. */
  readonly code: string;
  /** Slug of a category. */
  readonly category: string;
  /** Slugs of regions. */
  readonly regions: readonly string[];
  readonly status: 'draft' | 'published';
  readonly featured: boolean;
  /** `YYYY-MM-DD`. */
  readonly publishedAt: string;
  readonly pages: number;
  /** US dollars. */
  readonly priceSingleUser: number;
  readonly priceMultiUser: number;
  readonly priceEnterprise: number;
  readonly baseYear: number;
  readonly forecastYear: number;
  /** Market size in `baseYear`, millions of US dollars, at most two decimals. */
  readonly marketSizeBaseUsdM: number;
  /** Market size in `forecastYear`. */
  readonly marketSizeForecastUsdM: number;
  /** Compound annual growth from `baseYear` to `forecastYear`, percent, at most two decimals. */
  readonly cagrPercent: number;
  readonly keyPlayers: readonly string[];
  readonly translations: Localized<{
    /** At most 255 characters. */
    readonly title: string;
    readonly summary: string;
    readonly tableOfContents: readonly Chapter[];
  }>;
}

/** The catalogue's content. Order matters: ids are given in this order to an empty database. */
export interface SeedData {
  readonly categories: readonly SeedCategory[];
  readonly regions: readonly SeedRegion[];
  readonly reports: readonly SeedReport[];
}
