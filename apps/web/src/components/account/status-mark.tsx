import type { ReactNode } from 'react';

/** A state in a word. */
export function StatusMark({ strong, children }: { strong: boolean; children: ReactNode }) {
  const look = strong ? 'bg-tint text-ink' : 'bg-panel text-muted';
  return (
    <span
      className={`inline-block self-start rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap ${look}`}
    >
      {children}
    </span>
  );
}
