import { createGenerator } from './generator.ts';
import type { Category, Market, RegionSlug } from './vocabulary.ts';

/** Every number and choice of one report, before any language is involved. */
export interface Figures {
  readonly baseYear: number;
  readonly forecastYear: number;
  readonly marketSizeBaseUsdM: number;
  readonly marketSizeForecastUsdM: number;
  readonly cagrPercent: number;
  readonly pages: number;
  readonly priceSingleUser: number;
  readonly priceMultiUser: number;
  readonly priceEnterprise: number;
  readonly keyPlayers: readonly string[];
  readonly regions: readonly RegionSlug[];
  readonly leadingRegion: RegionSlug;
  readonly leadingRegionSharePercent: number;
  readonly risingRegion: RegionSlug;
  readonly risingRegionCagrPercent: number;
  readonly segmentSharePercent: number;
}

export const regionSlugs: readonly RegionSlug[] = [
  'north-america',
  'europe',
  'asia-pacific',
  'latin-america',
  'middle-east-africa',
];

/** The years that forecasts span; seven is the house's habit. */
const horizonsYears = [7, 7, 7, 5, 7, 10];

/** The numbers of a market's report; they depend on the market's English name and the year of publication only. */
export function reportFigures(category: Category, market: Market, publishedAt: Date): Figures {
  const random = createGenerator(market.name.en);
  const baseYear = publishedAt.getUTCFullYear() - 1;
  const years = horizonsYears[random.between(0, horizonsYears.length - 1)] ?? 7;
  const marketSizeBaseUsdM = rounded(market.sizeUsdM * (1 + random.between(-300, 300) / 10_000), 2);
  const leadingRegion = market.leads ?? category.leads;
  const risingRegion = market.growsFastest ?? category.growsFastest;
  const priceSingleUser = 3950 + 100 * random.between(0, 10);
  const segmentCount = market.segmentations[0].segments.length;

  return {
    baseYear,
    forecastYear: baseYear + years,
    marketSizeBaseUsdM,
    marketSizeForecastUsdM: rounded(marketSizeBaseUsdM * (1 + market.cagrPercent / 100) ** years, 2),
    cagrPercent: market.cagrPercent,
    pages: random.between(120, 380),
    priceSingleUser,
    priceMultiUser: endingIn50(priceSingleUser * 1.4),
    priceEnterprise: endingIn50(priceSingleUser * 1.8),
    keyPlayers: random.sample(category.companies, random.between(6, 9)),
    regions: coveredRegions(random.between(0, 4), leadingRegion, risingRegion),
    leadingRegion,
    leadingRegionSharePercent: random.between(32, 44),
    risingRegion,
    risingRegionCagrPercent: rounded(market.cagrPercent + random.between(6, 24) / 10, 1),
    segmentSharePercent: random.between(0, 9) + (segmentCount === 2 ? 56 : segmentCount === 3 ? 43 : 34),
  };
}

/** One report in five leaves out a region that plays no part in its story. */
function coveredRegions(choice: number, leading: RegionSlug, rising: RegionSlug): RegionSlug[] {
  if (choice !== 0) return [...regionSlugs];
  const omitted = regionSlugs.findLast((slug) => slug !== leading && slug !== rising);
  return regionSlugs.filter((slug) => slug !== omitted);
}

function endingIn50(price: number): number {
  return Math.round((price - 50) / 100) * 100 + 50;
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
