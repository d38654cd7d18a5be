import { capitalised, number, scaled, separators } from './numbers.ts';
import type { Prose } from './prose.ts';

const smallWords = new Set(['and', 'at', 'for', 'in', 'of', 'on', 'the', 'to', 'with']);

function titleCase(market: string): string {
  return market
    .split(' ')
    .map((word, index) =>
      index > 0 && smallWords.has(word) ? word : word.split('-').map(capitalised).join('-'),
    )
    .join(' ');
}

export const en: Prose = {
  regions: {
    'north-america': { name: 'North America', subject: 'North America', within: 'in North America' },
    europe: { name: 'Europe', subject: 'Europe', within: 'in Europe' },
    'asia-pacific': { name: 'Asia-Pacific', subject: 'Asia-Pacific', within: 'in Asia-Pacific' },
    'latin-america': { name: 'Latin America', subject: 'Latin America', within: 'in Latin America' },
    'middle-east-africa': {
      name: 'Middle East & Africa',
      subject: 'the Middle East and Africa',
      within: 'in the Middle East and Africa',
    },
  },
  money(usdM) {
    const { text, unit } = scaled(usdM, separators.english);
    return `USD ${text} ${unit}`;
  },
  percent: (value, decimals) => `${number(value, decimals, separators.english)}%`,
  segmentName: (name) => (/^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name),
  title: (market, forecastYear) => `${titleCase(market)} Market: Outlook to ${forecastYear}`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `The ${market} market was worth ${size} in ${base} and is expected to reach ${forecast} by ${end}, growing by an average of ${cagr} a year.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `From ${size} in ${base} to ${forecast} in ${end}: the ${market} market is on course for annual growth of ${cagr}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `We put the ${market} market at ${size} in ${base}; at a compound annual growth rate of ${cagr}, it will reach ${forecast} in ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Sales in the ${market} market came to ${size} in ${base}; our forecast for ${end} is ${forecast}, a compound annual growth rate of ${cagr}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `By ${end}, the ${market} market will have grown to ${forecast}, up from ${size} in ${base} (CAGR: ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `This report sizes the ${market} market at ${size} for ${base} and projects ${forecast} for ${end}, which means growth of ${cagr} a year.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Demand in the ${market} market added up to ${size} in ${base} and, expanding by ${cagr} a year, will total ${forecast} by ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `The ${market} market is set to grow by ${cagr} a year, from ${size} in ${base} to ${forecast} in ${end}.`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `By ${by}, ${segment} accounted for ${share} of revenue in ${base}, while ${rising} grew fastest.`,
    ({ by, segment, share, rising }) =>
      `Broken down by ${by}, the largest share fell to ${segment} (${share}); the strongest growth came from ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `The breakdown by ${by} puts ${segment} first with ${share} of revenue, a lead that ${rising} will narrow by ${end}.`,
    ({ by, segment, share, rising }) =>
      `In the split by ${by}, ${segment} led with ${share}, but ${rising} gained the most ground.`,
    ({ by, segment, share, rising, base }) =>
      `Measured by ${by}, ${share} of ${base} sales came from ${segment}; the fastest growth is expected from ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `The analysis by ${by} shows ${segment} in the lead with ${share} of sales and ${rising} gaining share every year to ${end}.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `${capitalised(region.subject)} led with ${regionShare} of sales; ${risingRegion.subject} will grow fastest, at ${risingCagr} a year.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `The largest regional market, with a share of ${regionShare}, is ${region.subject}, and the highest growth (${risingCagr} a year) is forecast for ${risingRegion.subject}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Some ${regionShare} of revenue was earned ${region.within}, yet the pace is quickest ${risingRegion.within}, where we expect ${risingCagr} a year.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Regionally, ${region.subject} came first with ${regionShare}, while sales ${risingRegion.within} should rise by ${risingCagr} annually.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `Growth to ${end} will be strongest ${risingRegion.within} (${risingCagr} a year), although ${region.subject} remains out in front with ${regionShare} of revenue today.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Suppliers earned ${regionShare} of their revenue ${region.within}; new business will arise above all ${risingRegion.within}, with ${risingCagr} growth a year.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `A look at the regions shows ${region.subject} ahead with ${regionShare} of the market and ${risingRegion.subject} catching up at ${risingCagr} a year.`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `Growth rests on ${driver} and ${otherDriver}; the main brake: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `On the plus side are ${driver} and ${otherDriver}; on the minus side, ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Suppliers benefit from ${driver} and ${otherDriver}, but have to contend with ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Growth is carried by ${driver} as well as ${otherDriver}, though ${restraint} could weigh on it.`,
    ({ driver, otherDriver, restraint }) =>
      `Behind the figures stand ${driver} and ${otherDriver}, with ${restraint} as the largest risk.`,
    ({ driver, otherDriver, restraint }) =>
      `Our analysts see the strongest impulses in ${driver} and ${otherDriver}, and the greatest obstacle in ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `What speaks for the market: ${driver} and ${otherDriver}; what speaks against it: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Our forecast assumes ${driver} and ${otherDriver}, and takes ${restraint} into account.`,
    ({ driver, otherDriver, restraint }) =>
      `Orders follow from ${driver} and ${otherDriver}, even though some suppliers will lose business to ${restraint}.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: 'Executive summary',
      sections: [
        ({ base, end }) => [
          `The market at a glance, ${base}–${end}`,
          'Key findings',
          'Where growth will come from',
        ],
        ({ base, end }) => [
          'The ten most important results',
          `Market size in ${base} and ${end}`,
          'What to do now',
        ],
        ({ end }) => [
          'Findings in brief',
          `Scenarios to ${end}`,
          'Recommendations for suppliers and investors',
        ],
      ],
    },
    scope: {
      title: 'Scope and definitions',
      sections: [
        () => ['What belongs to the market', 'Segments and regions covered', 'Currency and prices'],
        ({ base }) => ['Market boundaries', 'Terms used', `Base year ${base} and price basis`],
      ],
    },
    forces: {
      title: 'Market dynamics',
      driver: (phrase) => `Driver: ${phrase}`,
      restraint: (phrase) => `Restraint: ${phrase}`,
      sections: [
        () => ['Opportunities', 'Competitive forces'],
        () => ['Opportunities for new entrants', 'Political and economic setting'],
        ({ end }) => [`Trends to ${end}`, 'Sensitivity of the forecast'],
      ],
    },
    valueChain: {
      title: 'Value chain and regulation',
      sections: [
        () => ['Suppliers and inputs', 'Price development', 'Standards and regulation'],
        () => ['From raw material to customer', 'Cost structure and margins', 'Patents and research'],
        () => ['Procurement and trade flows', 'Technology roadmap', 'Rules by region'],
      ],
    },
    bySegment: (by) => `Market by ${by}`,
    byRegion: 'Market by region',
    competition: {
      title: 'Competitive landscape',
      sections: [
        ({ base }) => [`Market shares in ${base}`, 'Mergers, acquisitions and alliances', 'Company profiles'],
        () => ['Positioning of the leading suppliers', 'Product launches', 'Company profiles'],
        () => ['Concentration of the market', 'Strategies of leaders and challengers', 'Company profiles'],
      ],
    },
    method: {
      title: 'Methodology',
      sections: [
        () => [
          'Interviews with suppliers and buyers',
          'Evaluation of published sources',
          'Market model and assumptions',
        ],
        () => ['Sources and data collection', 'Top-down and bottom-up estimates', 'Limits of the forecast'],
      ],
    },
  },
};
