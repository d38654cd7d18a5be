import type { Localized } from '../../packages/database/src/seed-data.ts';

/** The seven translations of one piece of text, in the order of the locales. */
export function text(
  en: string,
  de: string,
  fr: string,
  es: string,
  it: string,
  ja: string,
  ko: string,
): Localized<string> {
  return { en, de, fr, es, it, ja, ko };
}

export type RegionSlug = 'north-america' | 'europe' | 'asia-pacific' | 'latin-america' | 'middle-east-africa';

/** One way to cut a market into parts. */
export interface Segmentation {
  /** What it is cut by, as it stands after "by", "nach", "par", "por", "per" or before 別 and 별. */
  readonly by: Localized<string>;
  /** The parts, the largest first and the fastest growing second; capitalised where the script has capitals. */
  readonly segments: readonly [Localized<string>, Localized<string>, ...Localized<string>[]];
}

interface MarketFacts {
  /**
   * Each language holds the form that its sentences need, so that no template has to know a gender:
   * en in lower case (names and acronyms apart), put before "market"; de as it stands after "der Markt für";
   * fr and it with "de" and "di" contracted with the article ("de la", "dei"); es as it stands after
   * "mercado de"; ja and ko before 市場 and 시장.
   */
  readonly name: Localized<string>;
  /** Millions of US dollars in the report's base year, approximately. */
  readonly sizeUsdM: number;
  /** At most one decimal, so that the text and the number agree. */
  readonly cagrPercent: number;
  /** Overrides the category's leading region. */
  readonly leads?: RegionSlug;
  /** Overrides the category's fastest growing region. */
  readonly growsFastest?: RegionSlug;
  readonly featured?: true;
}

/** A market with its references to the category's vocabulary resolved. */
export interface Market extends MarketFacts {
  readonly segmentations: readonly [Segmentation, Segmentation];
  readonly drivers: readonly [Localized<string>, Localized<string>];
  readonly restraint: Localized<string>;
}

interface CategoryFacts {
  readonly slug: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  readonly name: Localized<string>;
  readonly description: Localized<string>;
  readonly leads: RegionSlug;
  readonly growsFastest: RegionSlug;
  /** Invented companies; the reports of a category share them, as rivals do. */
  readonly companies: readonly string[];
}

export interface Category extends CategoryFacts {
  readonly markets: readonly Market[];
}

interface CategorySource<S extends string, D extends string, R extends string> extends CategoryFacts {
  readonly segmentations: Readonly<Record<S, Segmentation>>;
  /**
   * What makes the markets grow, as noun phrases that fit as subject and as object: en in lower case; de
   * feminine, neuter or plural; fr, es and it with their article, never after a preposition that contracts.
   */
  readonly drivers: Readonly<Record<D, Localized<string>>>;
  /** What holds the markets back, in the same form. */
  readonly restraints: Readonly<Record<R, Localized<string>>>;
  readonly markets: readonly (MarketFacts & {
    readonly by: readonly [NoInfer<S>, NoInfer<S>];
    readonly drivers: readonly [NoInfer<D>, NoInfer<D>];
    readonly restraint: NoInfer<R>;
  })[];
}

/** Checks a category's rows against its vocabulary at compile time and resolves them. */
export function defineCategory<S extends string, D extends string, R extends string>(
  source: CategorySource<S, D, R>,
): Category {
  const { segmentations, drivers, restraints, markets, ...facts } = source;
  return {
    ...facts,
    markets: markets.map(({ by: [first, second], drivers: [main, other], restraint, ...market }) => ({
      ...market,
      segmentations: [segmentations[first], segmentations[second]],
      drivers: [drivers[main], drivers[other]],
      restraint: restraints[restraint],
    })),
  };
}
