import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import type { ReportCard } from '../../server/catalogue.ts';
import { LinkProgress } from '../layout/link-progress.tsx';

/** A report's title, which leads to it from anywhere in the nearest `group relative`. */
export async function ReportLink({ report }: { report: Pick<ReportCard, 'slug' | 'title'> }) {
  const { locale } = await currentLanguage();
  return (
    <Link
      href={paths.report(locale, report.slug)}
      className="decoration-1 underline-offset-4 group-hover:underline after:absolute after:inset-0"
    >
      {report.title}
      <LinkProgress />
    </Link>
  );
}
