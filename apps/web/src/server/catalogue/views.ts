import type { Chapter } from '@tbi/database';

/** A category in one language. */
export interface CategoryView {
  readonly id: number;
  readonly slug: string;
  /** Name of a lucide icon in kebab-case. */
  readonly icon: string;
  readonly name: string;
  readonly description: string;
  /** Published reports. */
  readonly reportCount: number;
}

export interface RegionView {
  readonly slug: string;
  readonly name: string;
}

/** US dollars. */
export interface LicencePrices {
  readonly single: number;
  readonly multi: number;
  readonly enterprise: number;
}

export interface MarketFigures {
  readonly baseYear: number;
  readonly forecastYear: number;
  /** Market size in `baseYear`, millions of US dollars. */
  readonly baseUsdM: number;
  /** Market size in `forecastYear`, millions of US dollars. */
  readonly forecastUsdM: number;
  /** Compound annual growth from `baseYear` to `forecastYear`, in percent. */
  readonly cagrPercent: number;
}

/** A published report as lists show it, in one language. */
export interface ReportCard {
  readonly id: number;
  readonly slug: string;
  /** What customers quote, such as TBI-1234. */
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly category: { readonly slug: string; readonly name: string; readonly icon: string };
  /** `YYYY-MM-DD`. */
  readonly publishedAt: string;
  readonly pages: number;
  readonly featured: boolean;
  readonly prices: LicencePrices;
  readonly market: MarketFigures;
}

/** A published report as its page shows it, in one language. */
export interface ReportDetail extends ReportCard {
  readonly tableOfContents: readonly Chapter[];
  readonly keyPlayers: readonly string[];
  readonly regions: readonly RegionView[];
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Of all pages. */
  readonly total: number;
  /** From 1; never more than `pageCount`, whatever was asked for. */
  readonly page: number;
  /** At least 1. */
  readonly pageCount: number;
  readonly pageSize: number;
}
