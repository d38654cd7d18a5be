import { currentLanguage } from '../../i18n/current.ts';
import type { MarketFigures } from '../../server/catalogue.ts';
import { growthByYear } from './growth.ts';

/** Height of the tallest column, in units of the drawing. */
const chartHeight = 100;
/** Between two columns, in widths of a column. */
const columnGap = 0.4;

/** The market from base year to forecast, one column a year; the two years that the report states are marked. */
export async function MarketChart({ market }: { market: MarketFigures }) {
  const { t, format } = await currentLanguage();
  const years = growthByYear(market);
  const largest = Math.max(...years.map((year) => year.sizeUsdM));
  const label = t('report.chartLabel', {
    base: format.market(market.baseUsdM),
    from: String(market.baseYear),
    forecast: format.market(market.forecastUsdM),
    to: String(market.forecastYear),
    rate: format.percent(market.cagrPercent),
  });
  return (
    <figure>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${years.length + (years.length - 1) * columnGap} ${chartHeight}`}
        preserveAspectRatio="none"
        className="h-44 w-full sm:h-56"
      >
        {years.map(({ year, sizeUsdM }, index) => {
          const columnHeight = (sizeUsdM / largest) * chartHeight;
          const stated = index === 0 ? 'fill-ink' : index === years.length - 1 ? 'fill-accent' : null;
          return (
            <rect
              key={year}
              x={index * (1 + columnGap)}
              y={chartHeight - columnHeight}
              width={1}
              height={columnHeight}
              className={stated ?? 'fill-rule'}
            />
          );
        })}
      </svg>
      <div className="figures flex justify-between border-t border-ink pt-1.5 text-xs" aria-hidden="true">
        <span className="font-semibold">{market.baseYear}</span>
        <span className="font-semibold text-accent">{market.forecastYear}</span>
      </div>
      <figcaption className="mt-2 text-xs text-muted">{t('report.chartCaption')}</figcaption>
    </figure>
  );
}
