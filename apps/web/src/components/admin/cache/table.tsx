import type { ReactNode } from 'react';

interface TableProps {
  /** The first column names the row. */
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  readonly empty: string;
  /** Few and short columns: a table on narrow screens as well. Default false. */
  readonly compact?: boolean;
}

/** A table; on narrow screens each row is a block of named figures. */
export function Table({ head, rows, empty, compact = false }: TableProps) {
  if (rows.length === 0) return <p className="py-4 text-sm text-muted">{empty}</p>;
  const block = (classes: string) => (compact ? '' : classes);
  return (
    <table className={`figures mt-3 w-full text-sm ${block('max-md:block')}`}>
      <thead className={`kicker border-b border-rule ${block('max-md:sr-only')}`}>
        <tr>
          {head.map((title) => (
            <th key={title} scope="col" className="py-2 pe-4 text-start font-normal">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={block('max-md:block')}>
        {rows.map(({ key, cells: [name, ...cells] }) => (
          <tr key={key} className={`border-b border-rule ${block('max-md:block max-md:py-2')}`}>
            <th
              scope="row"
              className={`min-w-0 py-2 pe-4 text-start font-semibold break-all ${block('max-md:block max-md:py-0.5')}`}
            >
              {name}
            </th>
            {cells.map((cell, index) => (
              <td
                key={head[index + 1]}
                className={`py-2 pe-4 align-top break-words ${block('max-md:flex max-md:justify-between max-md:gap-4 max-md:py-0.5 max-md:pe-0')}`}
              >
                {!compact && (
                  <span aria-hidden="true" className="kicker shrink-0 md:hidden">
                    {head[index + 1]}
                  </span>
                )}
                <span className={`min-w-0 ${block('max-md:text-end')}`}>{cell}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
