import { positionMs } from '@tbi/cache';
import type { EntryView } from '../inspect.ts';
import { type Command, EXIT } from './command.ts';
import { bytes, duration, table } from './output.ts';

const DEFAULT_LIMIT = 50;

export const tagsCommand: Command = async ({ cache }, { text, limit }, output) => {
  const tags = [...cache.inspector.tagStates()]
    .filter(([tag]) => text === undefined || tag.includes(text))
    .map(([tag, { expirePos, stalePos }]) => {
      const stale = stalePos > expirePos;
      const [state, position] = stale ? (['stale', stalePos] as const) : (['expired', expirePos] as const);
      return { tag, state, at: new Date(positionMs(position)).toISOString() };
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, limit ?? DEFAULT_LIMIT);
  output.show(tags, () =>
    table(
      ['at', 'state', 'tag'],
      tags.map(({ at, state, tag }) => [at, state, tag]),
    ),
  );
  return EXIT.ok;
};

/** A search may take as long as the caller likes: nobody else waits for it. */
const SEARCH_MS = 600_000;

export const inspectCommand: Command = async ({ operations }, options, output) => {
  const [id] = options.args;
  if (id !== undefined) {
    const entry = await operations.inspection.entry(id);
    output.show(entry, () => (entry === null ? [`Nothing is stored as ${id}`] : describe(entry)));
    return entry === null ? EXIT.unhealthy : EXIT.ok;
  }
  const [kind] = options.kind;
  const [tag] = options.tag;
  const found = await operations.inspection.find(
    {
      limit: options.limit ?? DEFAULT_LIMIT,
      ...(kind === undefined ? {} : { kind }),
      ...(tag === undefined ? {} : { tag }),
      ...(options.text === undefined ? {} : { text: options.text }),
    },
    SEARCH_MS,
  );
  output.show(found, () => [
    ...table(
      ['id', 'size', 'age', 'left', 'state'],
      found.entries.map((entry) => [
        entry.id.length > 70 ? `${entry.id.slice(0, 69)}…` : entry.id,
        bytes(entry.bytes),
        duration(entry.ageMs),
        duration(entry.keptForMs),
        entry.reason,
      ]),
    ),
    '',
    `${found.entries.length} of the ${found.lookedAt} entries looked at${found.complete ? '' : '; there are more'}`,
  ]);
  return EXIT.ok;
};

function describe(entry: EntryView): string[] {
  return [
    `id         ${entry.id}`,
    `usable     ${entry.usable ? 'yes' : 'no'}: ${entry.reason}`,
    `size       ${bytes(entry.bytes)}`,
    `age        ${duration(entry.ageMs)}`,
    `fresh for  ${duration(entry.freshForMs)}`,
    `kept for   ${duration(entry.keptForMs)}`,
    `stamped    ${entry.stampedAt ?? '–'}`,
    `tags       ${entry.tags.join(' ') || '–'}`,
    ...(entry.value === null ? [] : ['', entry.value]),
  ];
}
