import type { EntryView } from '@tbi/operations';
import type { Figures } from './figures.ts';
import type { Labels } from './labels.ts';

interface EntryDetailsProps {
  readonly entry: EntryView;
  readonly labels: Labels;
  readonly figures: Figures;
}

export function EntryDetails({ entry, labels, figures }: EntryDetailsProps) {
  const facts: readonly (readonly [string, string])[] = [
    [labels.kind, entry.kind],
    [labels.state, `${entry.usable ? labels.usable : labels.unusable} (${entry.reason})`],
    [labels.size, figures.bytes(entry.bytes)],
    [labels.age, figures.duration(entry.ageMs)],
    [labels.freshFor, figures.duration(entry.freshForMs)],
    [labels.left, figures.duration(entry.keptForMs)],
    [labels.stamp, entry.stampedAt === null ? '–' : figures.dateAndTime(entry.stampedAt)],
  ];
  return (
    <article aria-label={entry.name} className="border border-rule bg-raised p-5">
      <h3 className="text-lg break-all">{entry.name}</h3>
      <details key={entry.id} className="mt-1 text-xs text-muted">
        <summary className="w-fit cursor-pointer py-1">{labels.rawKey}</summary>
        <code className="break-all">{entry.id}</code>
      </details>
      <dl className="figures mt-4 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-3 lg:grid-cols-4">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="kicker">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="kicker mt-4">{labels.tags}</p>
      <p className="text-sm break-all">
        {entry.tags.length === 0
          ? '–'
          : entry.tags.map((tag) => (
              <code key={tag} className="me-1.5 inline-block bg-panel px-1.5 text-xs">
                {tag}
              </code>
            ))}
      </p>
      <p className="kicker mt-4">{labels.value}</p>
      {entry.value === null ? (
        <p className="text-sm text-muted">{labels.valueHidden}</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
          tabIndex={0}
          className="mt-1 max-h-64 overflow-auto bg-panel p-3 text-xs break-all whitespace-pre-wrap"
        >
          {entry.value}
        </pre>
      )}
    </article>
  );
}
