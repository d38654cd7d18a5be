import { randomUUID } from 'node:crypto';

/** What the fixtures show of a computation: two answers with one mark come from one computation. */
export const mark = (name: string) => `[${name}:${randomUUID().slice(0, 8)}]`;

const MARK = /\[([a-z]+):([0-9a-f]{8}|shell)\]|at=(?<at>[0-9a-f-]{36})/g;

/** Numbers the marks of one script in the order in which it meets them: `page1`, then `page2`. */
export interface Marks {
  /** Every mark in the text once, numbered. */
  find(text: string): string[];
  /** The text with numbers in place of what is random. */
  replace(text: string): string;
}

export function createMarks(): Marks {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();

  function numbered(name: string, id: string): string {
    const label = known.get(id);
    if (label !== undefined) return label;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    known.set(id, `${name}${count}`);
    return `${name}${count}`;
  }

  const label = (match: RegExpMatchArray) => numbered(match[1] ?? 'target', match[2] ?? match[3] ?? '');

  return {
    find: (text) => [...new Set([...text.matchAll(MARK)].map(label))],
    replace: (text) => text.replace(MARK, (...match) => `<${label(match as unknown as RegExpMatchArray)}>`),
  };
}
