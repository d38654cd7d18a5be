import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { currentLanguage } from '../../i18n/current.ts';
import { LinkProgress } from '../layout/link-progress.tsx';
import { shownPages } from './shown-pages.ts';

interface PaginationProps {
  page: number;
  pageCount: number;
  hrefOf: (page: number) => string;
}

const cell = 'figures inline-flex h-11 min-w-11 items-center justify-center rounded-sm px-2 text-sm';

/** Links to the pages of a list; nothing where there is one page only. */
export async function Pagination({ page, pageCount, hrefOf }: PaginationProps) {
  const { t } = await currentLanguage();
  if (pageCount < 2) return null;
  return (
    <nav
      aria-label={t('pagination.label')}
      className="no-print flex items-center justify-between gap-4 border-t border-rule pt-5"
    >
      <Step href={page > 1 ? hrefOf(page - 1) : null} rel="prev">
        <ArrowLeft size={17} strokeWidth={1.75} aria-hidden="true" />
        <span className="max-sm:sr-only">{t('pagination.previous')}</span>
      </Step>
      <p className="figures text-sm sm:hidden">
        {t('pagination.pageOf', { page: String(page), count: String(pageCount) })}
      </p>
      <ol className="flex max-sm:hidden">
        {shownPages(page, pageCount).map((shown, index) => (
          <li key={index}>
            {shown === null ? (
              <span className={`${cell} text-muted`} aria-hidden="true">
                …
              </span>
            ) : (
              <Link
                href={hrefOf(shown)}
                aria-label={t('pagination.page', { page: String(shown) })}
                aria-current={shown === page ? 'page' : undefined}
                className={`${cell} hover:bg-panel aria-[current]:bg-ink aria-[current]:text-paper`}
              >
                {shown}
                <LinkProgress />
              </Link>
            )}
          </li>
        ))}
      </ol>
      <Step href={page < pageCount ? hrefOf(page + 1) : null} rel="next">
        <span className="max-sm:sr-only">{t('pagination.next')}</span>
        <ArrowRight size={17} strokeWidth={1.75} aria-hidden="true" />
      </Step>
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | null; rel: 'prev' | 'next'; children: ReactNode }) {
  const shape =
    'inline-flex h-11 min-w-11 items-center justify-center gap-2 rounded-sm px-2 text-sm font-semibold';
  if (href === null) return <span className={shape} />;
  return (
    <Link href={href} rel={rel} className={`${shape} hover:bg-panel`}>
      {children}
      <LinkProgress />
    </Link>
  );
}
