import type { RegionSlug } from '../vocabulary.ts';

/** A region as it stands in a sentence. */
export interface RegionWords {
  readonly name: string;
  /** With its article, where the language wants one. */
  readonly subject: string;
  /** With the preposition that says "in". */
  readonly within: string;
}

/** What a report says, already in the words and the number format of one language. */
export interface Facts {
  readonly market: string;
  readonly base: number;
  readonly end: number;
  readonly size: string;
  readonly forecast: string;
  readonly cagr: string;
  readonly by: string;
  /** The largest segment and the fastest growing one. */
  readonly segment: string;
  readonly share: string;
  readonly rising: string;
  /** The largest region and the fastest growing one. */
  readonly region: RegionWords;
  readonly regionShare: string;
  readonly risingRegion: RegionWords;
  readonly risingCagr: string;
  readonly driver: string;
  readonly otherDriver: string;
  readonly restraint: string;
}

export type Sentence = (facts: Facts) => string;

type Sections = (facts: Facts) => readonly string[];

/** The words of a table of contents. Where there are several lists, reports take turns. */
export interface ContentsWords {
  readonly summary: { readonly title: string; readonly sections: readonly Sections[] };
  readonly scope: { readonly title: string; readonly sections: readonly Sections[] };
  readonly forces: {
    readonly title: string;
    driver(phrase: string): string;
    restraint(phrase: string): string;
    readonly sections: readonly Sections[];
  };
  readonly valueChain: { readonly title: string; readonly sections: readonly Sections[] };
  bySegment(by: string): string;
  readonly byRegion: string;
  readonly competition: { readonly title: string; readonly sections: readonly Sections[] };
  readonly method: { readonly title: string; readonly sections: readonly Sections[] };
}

/** Everything that one language contributes to the texts of reports. */
export interface Prose {
  readonly regions: Readonly<Record<RegionSlug, RegionWords>>;
  /** Millions of US dollars. */
  money(usdM: number): string;
  percent(value: number, decimals: 0 | 1): string;
  /** A segment's name in the middle of a sentence. */
  segmentName(name: string): string;
  /** At most 255 characters. */
  title(market: string, forecastYear: number): string;
  readonly openings: readonly Sentence[];
  readonly segments: readonly Sentence[];
  readonly regionsCompared: readonly Sentence[];
  readonly forces: readonly Sentence[];
  /** Between two sentences. */
  readonly space: string;
  readonly contents: ContentsWords;
  /** A last touch that the language's typography wants. Default: none. */
  typography?(text: string): string;
}
