import { isObject } from './protocol.ts';

/**
 * The stored form of a result is Prisma's own answer in JSON, from which Prisma makes dates, decimals and bytes anew for
 * every caller. Null for what JSON would not give back as it was, so that it is not stored.
 */
export function encodeAnswer(data: unknown): Buffer | null {
  return isJson(data) ? Buffer.from(JSON.stringify(data)) : null;
}

export const decodeAnswer = (json: Buffer): unknown => JSON.parse(json.toString());

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isJson);
  if (!isObject(value) || 'toJSON' in value) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  // JSON.parse makes the key a property of its own, plain assignment a prototype.
  for (const key of Object.keys(value)) if (key === '__proto__' || !isJson(value[key])) return false;
  return true;
}
