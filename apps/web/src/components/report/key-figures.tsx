import { currentLanguage } from '../../i18n/current.ts';
import type { MarketFigures } from '../../server/catalogue.ts';
import { MarketChart } from './market-chart.tsx';

/** The size of the market, its growth and its forecast, as numbers and as a drawing. */
export async function KeyFigures({ market }: { market: MarketFigures }) {
  const { t, format } = await currentLanguage();
  const figures = [
    {
      label: t('report.marketSize', { year: String(market.baseYear) }),
      value: format.market(market.baseUsdM),
    },
    {
      label: t('report.forecast', { year: String(market.forecastYear) }),
      value: format.market(market.forecastUsdM),
      accent: true,
    },
    {
      label: t('report.cagrLong', { from: String(market.baseYear), to: String(market.forecastYear) }),
      value: format.percent(market.cagrPercent),
    },
  ];
  return (
    <>
      <dl className="figures mt-6 mb-9 grid gap-x-8 gap-y-5 sm:grid-cols-3">
        {figures.map(({ label, value, accent }) => (
          <div key={label} className="flex flex-col-reverse justify-end">
            <dt className="kicker">{label}</dt>
            <dd className={`font-serif text-3xl whitespace-nowrap ${accent ? 'text-accent' : ''}`}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      <MarketChart market={market} />
    </>
  );
}
