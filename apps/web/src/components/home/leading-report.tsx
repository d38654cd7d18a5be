import { currentLanguage } from '../../i18n/current.ts';
import type { ReportCard } from '../../server/catalogue.ts';
import { Cover } from '../cover/cover.tsx';
import { MarketChart } from '../report/market-chart.tsx';
import { ReportLink } from '../report/report-link.tsx';

/** One report at full length: its cover and the growth that it forecasts. */
export async function LeadingReport({ report }: { report: ReportCard }) {
  const { t, format } = await currentLanguage();
  const { market } = report;
  return (
    <article className="group relative border-t-4 border-accent bg-panel p-5 sm:p-8">
      <p className="kicker">{t('home.leading')}</p>
      <div className="mt-4 grid grid-cols-[6rem_1fr] gap-5 sm:grid-cols-[9rem_1fr] sm:gap-7">
        <Cover report={report} className="w-full self-start" />
        <div>
          <p className="kicker">{report.category.name}</p>
          <h2 className="mt-1 text-xl">
            <ReportLink report={report} />
          </h2>
          <p className="mt-3 line-clamp-4 text-sm text-muted max-sm:hidden">{report.summary}</p>
        </div>
      </div>
      <dl className="figures mt-7 mb-5 grid grid-cols-3 gap-4">
        {[
          {
            label: t('report.marketSize', { year: String(market.baseYear) }),
            value: format.market(market.baseUsdM),
          },
          { label: t('report.cagr'), value: format.percent(market.cagrPercent) },
          {
            label: t('report.forecast', { year: String(market.forecastYear) }),
            value: format.market(market.forecastUsdM),
          },
        ].map(({ label, value }) => (
          <div key={label} className="flex flex-col-reverse justify-end last:text-end">
            <dt className="kicker">{label}</dt>
            <dd className="font-serif text-xl whitespace-nowrap">{value}</dd>
          </div>
        ))}
      </dl>
      <MarketChart market={market} />
    </article>
  );
}
