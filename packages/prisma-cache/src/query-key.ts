import { hash } from 'node:crypto';
import { isObject } from './protocol.ts';

/**
 * 256 bits that are equal for two values only if they are the same in every type and order. Null when a part of the
 * value is of no type that can be compared: functions, class instances, and what Prisma passes on as it was given.
 */
export function digest(value: unknown): string | null {
  const text = canonical(value);
  return text === null ? null : hash('sha256', text, 'base64url');
}

/** JSON but for numbers that JSON has no form for; the keys of objects in order. */
export function canonical(value: unknown): string | null {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'object':
      return Array.isArray(value) ? canonicalList(value) : canonicalObject(value);
    default:
      return null;
  }
}

function canonicalList(list: readonly unknown[]): string | null {
  let text = '[';
  for (let at = 0; at < list.length; at += 1) {
    const item = canonical(list[at]);
    if (item === null) return null;
    text += at === 0 ? item : `,${item}`;
  }
  return `${text}]`;
}

function canonicalObject(value: object): string | null {
  if (!isPlain(value) || !isObject(value)) return null;
  const keys = Object.keys(value);
  if (keys.length > 1) keys.sort();
  let text = '{';
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    const encoded = canonical(member);
    if (encoded === null) return null;
    text += `${text.length === 1 ? '' : ','}${JSON.stringify(key)}:${encoded}`;
  }
  return `${text}}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  // Objects of another realm have another Object: told by having no further prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
