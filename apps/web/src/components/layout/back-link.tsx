import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** Leads from a page back to the list that it belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-link inline-flex items-center gap-1.5 py-1 text-sm">
      <ArrowLeft size={15} strokeWidth={2} aria-hidden="true" />
      {children}
    </Link>
  );
}
