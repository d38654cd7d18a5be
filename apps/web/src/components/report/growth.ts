import type { MarketFigures } from '../../server/catalogue.ts';

export interface YearSize {
  readonly year: number;
  /** Millions of US dollars. */
  readonly sizeUsdM: number;
}

/**
 * The market's size in every year from the base year to the forecast year. The years between are interpolated
 * at the constant rate that leads from the one to the other.
 */
export function growthByYear({ baseYear, forecastYear, baseUsdM, forecastUsdM }: MarketFigures): YearSize[] {
  const years = Math.max(1, forecastYear - baseYear);
  const factor = (forecastUsdM / baseUsdM) ** (1 / years);
  return Array.from({ length: years + 1 }, (_, index) => ({
    year: baseYear + index,
    sizeUsdM: index === years ? forecastUsdM : baseUsdM * factor ** index,
  }));
}
