import { createHash } from 'node:crypto';

/**
 * The tags of a table. What was read as a set carries `set`, and every write expires it. What was read by its primary
 * key carries the row's tag and `rows`; a write expires only the rows that it names, or `rows` when it names none.
 * That a row was absent carries `added` too, which inserts expire.
 */
export interface TableTags {
  readonly set: string;
  readonly rows: string;
  readonly added: string;
  row(key: readonly string[]): string;
}

const PREFIX = 'db:';

/** Carried by everything, expired by SQL that nobody understands. */
export const EVERYTHING = `${PREFIX}*`;

/** @param name The model's name, or the table's where there is no model. */
export function tableTags(name: string): TableTags {
  const set = `${PREFIX}${name}`;
  return {
    set,
    rows: `${set}:rows`,
    added: `${set}:added`,
    row: (key) => `${set}#${key.map(short).join(',')}`,
  };
}

/** Keys of tables can be any text; tags should be short. Two rows in one tag cost a miss, nothing more. */
const short = (part: string) =>
  part.length <= 40 ? part : `~${createHash('sha256').update(part).digest('base64url').slice(0, 22)}`;

/** The types whose values name a row in one way only. */
export type KeyType = 'number' | 'text';

const WHOLE = /^-?\d+$/;
/**
 * Only what all collations compare alike, as far as case goes and the letters that some of them hold equal. An e-mail
 * address is none of it, so that none gets into a tag.
 */
const PLAIN = /^[0-9A-Za-z_-]{1,191}$/;
const SAME_SOMEWHERE: Readonly<Record<string, string>> = {
  // Old Latin, Swedish; Lithuanian.
  j: 'i',
  y: 'i',
  u: 'v',
  w: 'v',
  ch: 'c',
};

/**
 * A part of a primary key in the one form in which reads and writes name it. Null: the value may name other rows, or
 * the same row in other forms, so that it names none.
 */
export function keyPart(value: unknown, type: KeyType): string | null {
  if (type === 'number') {
    const text = typeof value === 'number' && !Number.isSafeInteger(value) ? '' : String(value);
    const known = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string';
    return known && WHOLE.test(text) ? String(BigInt(text)) : null;
  }
  if (typeof value !== 'string' || !PLAIN.test(value)) return null;
  return value.toLowerCase().replace(/[juwy]|ch/g, (letters) => SAME_SOMEWHERE[letters] ?? letters);
}
