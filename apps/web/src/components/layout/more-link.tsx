import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** Leads from an extract to the whole. */
export function MoreLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="group/more inline-flex items-center gap-1.5 py-1 text-sm font-semibold text-accent"
    >
      <span className="text-link">{children}</span>
      <ArrowRight
        size={15}
        strokeWidth={2}
        aria-hidden="true"
        className="transition-transform duration-200 ease-out group-hover/more:translate-x-0.5"
      />
    </Link>
  );
}
