import type { MarketFigures } from '../../server/catalogue.ts';
import { growthByYear } from './growth.ts';

/** The growth of a market in the size of a word. Decoration: the rate stands beside it. */
export function GrowthMark({ market, className = '' }: { market: MarketFigures; className?: string }) {
  const years = growthByYear(market);
  const largest = Math.max(...years.map((year) => year.sizeUsdM));
  const step = 60 / years.length;
  return (
    <svg viewBox="0 0 60 24" className={`h-6 w-15 ${className}`} aria-hidden="true" focusable="false">
      {years.map(({ year, sizeUsdM }, index) => {
        const columnHeight = Math.max(1, (sizeUsdM / largest) * 24);
        return (
          <rect
            key={year}
            x={(index * step).toFixed(2)}
            y={(24 - columnHeight).toFixed(2)}
            width={(step * 0.62).toFixed(2)}
            height={columnHeight.toFixed(2)}
            className={index === years.length - 1 ? 'fill-accent' : 'fill-edge'}
          />
        );
      })}
    </svg>
  );
}
