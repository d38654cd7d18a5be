import type { Metadata } from 'next';
import { Cover } from '../../../../components/cover/cover.tsx';
import { JsonLd } from '../../../../components/json-ld.tsx';
import { Breadcrumb } from '../../../../components/layout/breadcrumb.tsx';
import { pageMetadata } from '../../../../components/page-metadata.ts';
import { EnquirySection } from '../../../../components/report/enquiry-section.tsx';
import { Licences } from '../../../../components/report/licences.tsx';
import { RelatedReports } from '../../../../components/report/related-reports.tsx';
import { ReportBody } from '../../../../components/report/report-body.tsx';
import { reportFacts } from '../../../../components/report/report-facts.ts';
import { ReportFactsList } from '../../../../components/report/report-facts-list.tsx';
import { UnknownAddress } from '../../../../components/unknown-address.tsx';
import { currentLanguage } from '../../../../i18n/current.ts';
import { paths } from '../../../../i18n/paths.ts';
import { getReport, listPrerenderedReportSlugs } from '../../../../server/catalogue.ts';
import { siteUrl } from '../../../../server/site.ts';

/** Whole pages for every report, also for those that the build did not render: so that others are a 404. */
export const ensureStatic = 'navigation';

export async function generateStaticParams() {
  return (await listPrerenderedReportSlugs()).map((slug) => ({ slug }));
}

type Props = PageProps<'/[locale]/reports/[slug]'>;

const descriptionLength = 160;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, t } = await currentLanguage();
  const report = await getReport(locale, (await params).slug);
  if (report === null) return { title: t('notFound.title') };
  const { title, summary, slug, publishedAt } = report;
  const description =
    summary.length <= descriptionLength ? summary : `${summary.slice(0, descriptionLength - 1).trimEnd()}…`;
  return pageMetadata({
    locale,
    title,
    description,
    pathOf: (language) => paths.report(language, slug),
    publishedAt,
  });
}

export default async function ReportPage({ params }: Props) {
  const { locale, t } = await currentLanguage();
  const report = await getReport(locale, (await params).slug);
  if (report === null) return <UnknownAddress />;
  const { category } = report;
  return (
    <div className="page space-y-20 sm:space-y-24">
      <article>
        <JsonLd data={reportFacts(report, locale, t, siteUrl())} />
        <Breadcrumb
          crumbs={[
            { name: t('nav.home'), href: paths.home(locale) },
            { name: t('categories.title'), href: paths.categories(locale) },
            { name: category.name, href: paths.category(locale, category.slug) },
            { name: report.code },
          ]}
        />
        <div className="grid gap-x-16 gap-y-12 pt-8 sm:pt-12 lg:grid-cols-[1fr_19rem] lg:grid-rows-[auto_1fr]">
          <header className="min-w-0">
            <h1 className="text-3xl">{report.title}</h1>
            <ReportFactsList report={report} />
            <h2 className="sr-only">{t('report.summary')}</h2>
            <p className="mt-8 max-w-[68ch] font-serif text-lg leading-[1.6] whitespace-pre-line">
              {report.summary}
            </p>
          </header>
          <aside
            id="licences"
            aria-labelledby="licences-heading"
            className="grid gap-x-8 gap-y-7 self-start max-lg:sm:grid-cols-[14rem_1fr] lg:sticky lg:top-6 lg:row-span-2"
          >
            <Cover report={report} titled className="w-full max-lg:hidden max-lg:sm:block" />
            <div>
              <h2 id="licences-heading" className="mb-3 text-xl">
                {t('report.licences')}
              </h2>
              <Licences prices={report.prices} />
              <a href="#enquiry" className="button button-primary no-print mt-3 w-full">
                {t('report.enquire')}
              </a>
            </div>
          </aside>
          <ReportBody report={report} />
        </div>
      </article>
      <EnquirySection reportId={report.id} />
      <RelatedReports reportId={report.id} />
    </div>
  );
}
