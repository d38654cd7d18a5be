import type { MarketFigures } from '../../server/catalogue.ts';
import { growthByYear } from './growth.ts';

const width = 60;
const height = 24;

/** The growth of a market in the size of a word. Decoration: the rate stands beside it. */
export function GrowthMark({ market, className = '' }: { market: MarketFigures; className?: string }) {
  const years = growthByYear(market);
  const largest = Math.max(...years.map((year) => year.sizeUsdM));
  const step = width / years.length;
  const columns = years.map(({ sizeUsdM }, index) => {
    const top = height - Math.max(1, (sizeUsdM / largest) * height);
    return `M${(index * step).toFixed(1)} ${height}V${top.toFixed(1)}h${(step * 0.62).toFixed(1)}V${height}z`;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={`h-6 w-15 ${className}`}
      aria-hidden="true"
      focusable="false"
    >
      <path d={columns.slice(0, -1).join('')} className="fill-edge" />
      <path d={columns.at(-1)} className="fill-accent" />
    </svg>
  );
}
