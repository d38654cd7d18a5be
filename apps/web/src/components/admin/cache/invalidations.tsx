import type { FeedItem } from '@tbi/operations';
import type { Figures } from './figures.ts';
import { fill, type Labels } from './labels.ts';

interface InvalidationsProps {
  readonly items: readonly FeedItem[];
  readonly labels: Labels;
  readonly figures: Figures;
}

const SHOWN = 12;
const TAGS_SHOWN = 6;

/** The last invalidations of all processes, with who caused them. */
export function Invalidations({ items, labels, figures }: InvalidationsProps) {
  if (items.length === 0) return <p className="py-4 text-sm text-muted">{labels.none}</p>;
  return (
    <ol className="mt-3 text-sm">
      {items.slice(0, SHOWN).map((item, index) => (
        <li
          key={item.position ?? `pending-${index}`}
          className="grid gap-x-6 gap-y-0.5 border-b border-rule py-2 sm:grid-cols-[6rem_9rem_1fr]"
        >
          <time dateTime={item.at} className="figures text-muted">
            {figures.time(item.at)}
          </time>
          <span>{causeOf(item, labels)}</span>
          <span className="min-w-0 break-all">
            {item.tags.slice(0, TAGS_SHOWN).map((tag) => (
              <code key={tag} className="me-1.5 inline-block bg-panel px-1.5 text-xs">
                {tag}
              </code>
            ))}
            {item.tags.length > TAGS_SHOWN && (
              <span className="text-muted">
                {fill(labels.more, { count: item.tags.length - TAGS_SHOWN })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function causeOf({ who, position, mode }: FeedItem, labels: Labels): string {
  if (position === null) return labels.waits;
  if (who === null) return mode === 'commit' || mode === 'reap' ? labels.bySiteWrite : labels.bySite;
  if (who === 'token') return labels.byToken;
  return who.startsWith('user:') ? fill(labels.byUser, { user: who.slice(5) }) : who;
}
