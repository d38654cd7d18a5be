import type { Chapter, Locale } from '../../packages/database/src/seed-data.ts';
import type { Figures } from './figures.ts';
import { de } from './prose/de.ts';
import { en } from './prose/en.ts';
import { es } from './prose/es.ts';
import { fr } from './prose/fr.ts';
import { it } from './prose/it.ts';
import { ja } from './prose/ja.ts';
import { ko } from './prose/ko.ts';
import type { Facts, Prose, Sentence } from './prose/prose.ts';
import type { Market } from './vocabulary.ts';

export const proseOf: Readonly<Record<Locale, Prose>> = { en, de, fr, es, it, ja, ko };

interface ReportTexts {
  readonly title: string;
  readonly summary: string;
  readonly tableOfContents: readonly Chapter[];
}

/** @param variant any whole number from 0; it chooses among the ways to say the same */
export function reportTexts(locale: Locale, market: Market, figures: Figures, variant: number): ReportTexts {
  const prose = proseOf[locale];
  const facts = factsIn(locale, prose, market, figures);
  const typography = prose.typography ?? ((text: string) => text);
  return {
    title: typography(prose.title(facts.market, facts.end)),
    summary: typography(summary(prose, facts, variant)),
    tableOfContents: tableOfContents(locale, prose, facts, market, figures, variant).map((chapter) => ({
      title: typography(chapter.title),
      sections: chapter.sections.map(typography),
    })),
  };
}

function factsIn(locale: Locale, prose: Prose, market: Market, figures: Figures): Facts {
  const [{ by, segments }] = market.segmentations;
  return {
    market: market.name[locale],
    base: figures.baseYear,
    end: figures.forecastYear,
    size: prose.money(figures.marketSizeBaseUsdM),
    forecast: prose.money(figures.marketSizeForecastUsdM),
    cagr: prose.percent(figures.cagrPercent, 1),
    by: by[locale],
    segment: prose.segmentName(segments[0][locale]),
    share: prose.percent(figures.segmentSharePercent, 0),
    rising: prose.segmentName(segments[1][locale]),
    region: prose.regions[figures.leadingRegion],
    regionShare: prose.percent(figures.leadingRegionSharePercent, 0),
    risingRegion: prose.regions[figures.risingRegion],
    risingCagr: prose.percent(figures.risingRegionCagrPercent, 1),
    driver: market.drivers[0][locale],
    otherDriver: market.drivers[1][locale],
    restraint: market.restraint[locale],
  };
}

function summary(prose: Prose, facts: Facts, variant: number): string {
  const opening = inTurn(prose.openings, variant);
  const segments = inTurn(prose.segments, variant);
  const regions = inTurn(prose.regionsCompared, variant);
  const forces = inTurn(prose.forces, variant);
  const orders: readonly (readonly Sentence[])[] = [
    [opening, segments, regions, forces],
    [opening, forces, segments],
    [opening, regions, forces],
    [opening, forces, regions, segments],
  ];
  return inTurn(orders, Math.floor(variant / 5))
    .map((sentence) => sentence(facts))
    .join(prose.space);
}

function tableOfContents(
  locale: Locale,
  { contents, regions }: Prose,
  facts: Facts,
  market: Market,
  figures: Figures,
  variant: number,
): Chapter[] {
  const fixed = (
    part: 'summary' | 'scope' | 'valueChain' | 'competition' | 'method',
    turn: number,
  ): Chapter => ({
    title: contents[part].title,
    sections: inTurn(contents[part].sections, turn)(facts),
  });
  return [
    fixed('summary', variant),
    fixed('scope', variant + 1),
    {
      title: contents.forces.title,
      sections: [
        ...[facts.driver, facts.otherDriver].map(contents.forces.driver),
        contents.forces.restraint(facts.restraint),
        ...inTurn(contents.forces.sections, variant + 2)(facts),
      ],
    },
    fixed('valueChain', Math.floor(variant / 3)),
    ...market.segmentations.map(({ by, segments }) => ({
      title: contents.bySegment(by[locale]),
      sections: segments.map((segment) => segment[locale]),
    })),
    { title: contents.byRegion, sections: figures.regions.map((slug) => regions[slug].name) },
    fixed('competition', Math.floor(variant / 2)),
    fixed('method', variant),
  ];
}

/** @throws RangeError when there is nothing to choose from */
function inTurn<T>(choices: readonly T[], turn: number): T {
  const choice = choices[turn % choices.length];
  if (choice === undefined) throw new RangeError('no variants');
  return choice;
}
