import { ExternalLink } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { PublicationForm } from '../../../../../components/admin/publication-form.tsx';
import { ReportForm } from '../../../../../components/admin/report-form.tsx';
import { formTexts } from '../../../../../components/form/texts.ts';
import { BackLink } from '../../../../../components/layout/back-link.tsx';
import { Skeleton } from '../../../../../components/layout/skeleton.tsx';
import { currentLanguage } from '../../../../../i18n/current.ts';
import { paths } from '../../../../../i18n/paths.ts';
import { messages } from '../../../../../messages/messages.ts';
import { getReportForEditing } from '../../../../../server/admin.ts';
import { requireRole } from '../../../../../server/auth.ts';

/** The header marks the current page, and this one's address is known with the request only. */
export const instant = false;

type Props = PageProps<'/[locale]/admin/reports/[id]'>;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await currentLanguage();
  return { title: t('admin.title'), robots: { index: false } };
}

export default async function EditReportPage({ params }: Props) {
  const { locale, t } = await currentLanguage();
  return (
    <div className="page pt-8">
      <BackLink href={paths.admin(locale)}>{t('admin.back')}</BackLink>
      <Suspense fallback={<Skeleton lines={10} />}>
        <Editor params={params} />
      </Suspense>
    </div>
  );
}

async function Editor({ params }: Pick<Props, 'params'>) {
  const { locale, t } = await currentLanguage();
  const id = Number((await params).id);
  await requireRole('admin', paths.adminReport(locale, id));
  const report = await getReportForEditing(id);
  if (report === null) notFound();
  const labels = messages[locale].admin;
  const texts = formTexts(locale);
  return (
    <>
      <h1 className="mt-6 text-2xl">{t('admin.editReport', { title: report.translations[locale].title })}</h1>
      <p className="kicker figures mt-2 mb-10">{report.code}</p>
      <div className="grid items-start gap-x-16 gap-y-12 lg:grid-cols-[1fr_17rem]">
        <ReportForm report={report} locale={locale} labels={labels} texts={texts} />
        <section
          aria-labelledby="publication-heading"
          className="space-y-4 border-t border-ink pt-3 max-lg:order-first lg:sticky lg:top-6"
        >
          <h2 id="publication-heading" className="text-xl">
            {t('admin.publication')}
          </h2>
          <PublicationForm report={report} labels={labels} texts={texts} />
          {report.status === 'published' && (
            <Link
              href={paths.report(locale, report.slug)}
              className="text-link inline-flex items-center gap-1.5 py-1 text-sm"
            >
              {t('admin.view')}
              <ExternalLink size={14} strokeWidth={2} aria-hidden="true" />
            </Link>
          )}
        </section>
      </div>
    </>
  );
}
