import type { ReactNode } from 'react';

interface PageHeadingProps {
  title: string;
  lede?: string;
  children?: ReactNode;
}

/** The head of a page that is a list or a form. */
export function PageHeading({ title, lede, children }: PageHeadingProps) {
  return (
    <div className="pt-10 pb-8 sm:pt-14 sm:pb-10">
      <h1 className="text-3xl">{title}</h1>
      {lede !== undefined && <p className="mt-3 max-w-prose text-lg text-muted">{lede}</p>}
      {children}
    </div>
  );
}
