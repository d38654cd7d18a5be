import { currentLanguage } from '../../i18n/current.ts';
import type { ReportCard } from '../../server/catalogue.ts';
import { Cover } from '../cover/cover.tsx';
import { GrowthMark } from './growth-mark.tsx';
import { ReportLink } from './report-link.tsx';

interface ReportRowProps {
  report: ReportCard;
  /** Of the title: one below the heading of the list. */
  level?: 'h2' | 'h3';
  /** In a list of one category: without its name. */
  withoutCategory?: boolean;
}

/** A report as one entry of a list. The whole entry leads to the report; its link is the title. */
export async function ReportRow({ report, level: Heading = 'h2', withoutCategory = false }: ReportRowProps) {
  const { t, format } = await currentLanguage();
  return (
    <article className="group relative grid grid-cols-[4.5rem_1fr] gap-x-5 gap-y-3 border-t border-rule py-6 sm:grid-cols-[6.5rem_1fr] sm:gap-x-7 lg:grid-cols-[6.5rem_1fr_9.5rem]">
      <Cover report={report} className="w-full self-start" />
      <div className="min-w-0">
        <p className="kicker">
          {!withoutCategory && (
            <>
              {report.category.name}
              <span className="px-1.5" aria-hidden="true">
                /
              </span>
            </>
          )}
          <time dateTime={report.publishedAt}>{format.month(report.publishedAt)}</time>
        </p>
        <Heading className="mt-1 text-xl">
          <ReportLink report={report} />
        </Heading>
        <p className="mt-2 line-clamp-2 max-w-prose text-sm text-muted max-sm:hidden">{report.summary}</p>
        <p className="kicker figures mt-2 max-sm:hidden">
          {report.code}
          <span className="px-1.5" aria-hidden="true">
            /
          </span>
          {t('report.pageCount', { count: report.pages })}
        </p>
      </div>
      <div className="figures col-span-2 flex items-center justify-between gap-4 text-sm lg:col-span-1 lg:flex-col lg:items-end lg:justify-start lg:text-end">
        <p className="flex items-center gap-3 lg:flex-col lg:items-end lg:gap-1.5">
          <GrowthMark market={report.market} />
          <span className="leading-none text-muted lg:leading-snug">
            {t('report.cagr')} {format.percent(report.market.cagrPercent)}
          </span>
        </p>
        <p className="font-semibold">{t('report.from', { price: format.usd(report.prices.single) })}</p>
      </div>
    </article>
  );
}
