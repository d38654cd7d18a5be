import type { ReactNode } from 'react';

interface SectionProps {
  /** Also the fragment that leads here. */
  id: string;
  title: string;
  /** Beside the heading, such as a link to the whole list. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A part of a page under a strong rule, named by its heading. */
export function Section({ id, title, aside, children, className = '' }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`} className={`border-t border-ink pt-4 ${className}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
        <h2 id={`${id}-heading`} className="text-2xl">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
