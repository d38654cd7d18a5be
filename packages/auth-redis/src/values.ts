import type { Seal } from './seal.ts';

/** Properties as stored text: JSON in which a date is not a string. */

type Stored = { readonly date: string } | { readonly value: unknown };

export function encodeValue(value: unknown): string {
  const stored: Stored = value instanceof Date ? { date: value.toISOString() } : { value };
  return JSON.stringify(stored);
}

export function decodeValue(text: string): unknown {
  const stored = JSON.parse(text) as Stored;
  return 'date' in stored ? new Date(stored.date) : stored.value;
}

const FIELD = 'f:';

/** Names and values for a hash; what is undefined is left out. */
export function sealFields(record: object, place: string, seal: Seal): string[] {
  return Object.entries(record).flatMap(([name, value]) =>
    value === undefined ? [] : [FIELD + name, seal.close(encodeValue(value), `${place}:${name}`)],
  );
}

/** @throws `ERR_AUTH_UNREADABLE` */
export function openFields(
  fields: ReadonlyMap<string, string>,
  place: string,
  seal: Seal,
): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [field, stored] of fields) {
    if (!field.startsWith(FIELD)) continue;
    const name = field.slice(FIELD.length);
    // Not an assignment, which `__proto__` would turn into something else.
    Object.defineProperty(record, name, {
      value: decodeValue(seal.open(stored, `${place}:${name}`)),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return record;
}
