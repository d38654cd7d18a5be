'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkProgress } from './link-progress.tsx';

interface NavLinkProps {
  href: string;
  className: string;
  children: ReactNode;
}

/** A link of the main navigation: marked as current on its page and on the pages below it. */
export function NavLink({ href, className, children }: NavLinkProps) {
  const pathname = usePathname();
  const within = pathname === href || pathname.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      className={className}
      aria-current={pathname === href ? 'page' : within ? 'true' : undefined}
    >
      {children}
      <LinkProgress />
    </Link>
  );
}
