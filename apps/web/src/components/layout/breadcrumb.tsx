import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';

export interface Crumb {
  readonly name: string;
  /** Path. The last crumb, the page itself, has none. */
  readonly href?: string;
}

/** Where a page stands in the catalogue. */
export async function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = await currentLanguage();
  return (
    <nav aria-label={t('nav.breadcrumb')} className="no-print pt-6 text-xs text-muted">
      <ol className="flex flex-wrap gap-y-1">
        {crumbs.map(({ name, href }, index) => (
          <li key={name} className="flex min-w-0">
            {index > 0 && (
              <span className="px-2" aria-hidden="true">
                /
              </span>
            )}
            {href === undefined ? (
              <span aria-current="page">{name}</span>
            ) : (
              <Link href={href} className="text-link">
                {name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
