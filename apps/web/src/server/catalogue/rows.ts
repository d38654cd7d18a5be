import { type Prisma, readKeyPlayers, readTableOfContents } from '@tbi/database';
import { defaultLocale, type Locale } from '../../i18n/locales.ts';
import type { LicencePrices, MarketFigures, RegionView, ReportCard, ReportDetail } from './views.ts';

/** Drafts exist only on the admin pages. */
export const published = { status: 'published' } as const satisfies Prisma.ReportWhereInput;

/** The translations to read: the one asked for, and the one to fall back to. */
export const inLocale = (locale: Locale) => ({ locale: { in: [locale, defaultLocale] } });

/** The translation in a language, or else in the default language, or else any. */
export function pickTranslation<T extends { locale: string }>(
  translations: readonly T[],
  locale: Locale,
): T | undefined {
  return (
    translations.find((translation) => translation.locale === locale) ??
    translations.find((translation) => translation.locale === defaultLocale) ??
    translations[0]
  );
}

export const reportCardSelect = (locale: Locale) =>
  ({
    id: true,
    slug: true,
    code: true,
    publishedAt: true,
    pages: true,
    featured: true,
    priceSingleUser: true,
    priceMultiUser: true,
    priceEnterprise: true,
    baseYear: true,
    forecastYear: true,
    marketSizeBaseUsdM: true,
    marketSizeForecastUsdM: true,
    cagrPercent: true,
    category: {
      select: {
        id: true,
        slug: true,
        icon: true,
        translations: { where: inLocale(locale), select: { locale: true, name: true } },
      },
    },
    translations: { where: inLocale(locale), select: { locale: true, title: true, summary: true } },
  }) satisfies Prisma.ReportSelect;

export const reportDetailSelect = (locale: Locale) =>
  ({
    ...reportCardSelect(locale),
    updatedAt: true,
    keyPlayers: true,
    regions: {
      orderBy: { region: { sortOrder: 'asc' } },
      select: {
        region: {
          select: {
            slug: true,
            translations: { where: inLocale(locale), select: { locale: true, name: true } },
          },
        },
      },
    },
    translations: {
      where: inLocale(locale),
      select: { locale: true, title: true, summary: true, tableOfContents: true },
    },
  }) satisfies Prisma.ReportSelect;

export type ReportCardRow = Prisma.ReportGetPayload<{ select: ReturnType<typeof reportCardSelect> }>;
export type ReportDetailRow = Prisma.ReportGetPayload<{ select: ReturnType<typeof reportDetailSelect> }>;

export function toReportCard(row: ReportCardRow, locale: Locale): ReportCard {
  const translation = pickTranslation(row.translations, locale);
  return {
    id: row.id,
    slug: row.slug,
    code: row.code,
    title: translation?.title ?? row.code,
    summary: translation?.summary ?? '',
    category: {
      slug: row.category.slug,
      name: nameOf(row.category, locale),
      icon: row.category.icon,
    },
    publishedAt: row.publishedAt.toISOString().slice(0, 10),
    pages: row.pages,
    featured: row.featured,
    prices: toPrices(row),
    market: toMarketFigures(row),
  };
}

export function toReportDetail(row: ReportDetailRow, locale: Locale): ReportDetail {
  const translation = pickTranslation(row.translations, locale);
  return {
    ...toReportCard(row, locale),
    tableOfContents: readTableOfContents(translation?.tableOfContents),
    keyPlayers: readKeyPlayers(row.keyPlayers),
    regions: row.regions.map(({ region }) => toRegion(region, locale)),
    updatedAt: row.updatedAt.toISOString(),
  };
}

interface NamedRow {
  readonly slug: string;
  readonly translations: readonly { readonly locale: string; readonly name: string }[];
}

export function toRegion(row: NamedRow, locale: Locale): RegionView {
  return { slug: row.slug, name: nameOf(row, locale) };
}

export function nameOf(row: NamedRow, locale: Locale): string {
  return pickTranslation(row.translations, locale)?.name ?? row.slug;
}

function toPrices(row: ReportCardRow): LicencePrices {
  return {
    single: row.priceSingleUser.toNumber(),
    multi: row.priceMultiUser.toNumber(),
    enterprise: row.priceEnterprise.toNumber(),
  };
}

function toMarketFigures(row: ReportCardRow): MarketFigures {
  return {
    baseYear: row.baseYear,
    forecastYear: row.forecastYear,
    baseUsdM: row.marketSizeBaseUsdM.toNumber(),
    forecastUsdM: row.marketSizeForecastUsdM.toNumber(),
    cagrPercent: row.cagrPercent.toNumber(),
  };
}
