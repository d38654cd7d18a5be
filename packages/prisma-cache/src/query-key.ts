import { createHash } from 'node:crypto';
import { isObject } from './protocol.ts';

/**
 * 256 bits that are equal for two values only if they are the same in every type and order. Null when a part of the
 * value is of no type that can be compared: functions, class instances, and what Prisma passes on as it was given.
 */
export function digest(value: unknown): string | null {
  const text = canonical(value);
  return text === null ? null : createHash('sha256').update(text).digest('base64url');
}

/** JSON but for numbers that JSON has no form for; the keys of objects in order. */
export function canonical(value: unknown): string | null {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value))
    return list(
      value.map((item) => canonical(item)),
      '[',
      ']',
    );
  if (!isObject(value) || !isPlain(value)) return null;
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  const members = keys.map((key) => {
    const member = canonical(value[key]);
    return member === null ? null : `${JSON.stringify(key)}:${member}`;
  });
  return list(members, '{', '}');
}

function list(parts: readonly (string | null)[], open: string, close: string): string | null {
  return parts.includes(null) ? null : `${open}${parts.join(',')}${close}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm have another Object: told by having no further prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
