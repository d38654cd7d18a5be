import { createHash } from 'node:crypto';

const MAX_PLAIN_BYTES = 200;
const KIND = /^[a-z][a-z0-9-]*$/;
const HASHED = '~';

/** The tag that every read of a kind has beside its own: one record makes all of a kind unusable, on all processes. */
export const kindTag = (kind: string) => `kind:${kind}`;

/** Redis has no half of a surrogate pair but U+FFFD in its place: so that everybody means the same tag, so do we. */
export const wellFormed = (tag: string) => tag.toWellFormed();

export const uniqueTags = (tags: readonly string[]) => [...new Set(tags.map(wellFormed))];

export const kindOfId = (id: string) => id.slice(0, id.indexOf(':'));

/**
 * The name of an entry: injective, at most about 250 bytes. Keys that are long, or that look hashed, are hashed.
 * @throws {TypeError} for a kind that is not a short lower-case word: kinds are written in code, never taken from input.
 */
export function entryId(kind: string, key: string): string {
  if (!KIND.test(kind)) throw new TypeError(`cache kind must match ${KIND}`);
  if (!key.startsWith(HASHED) && Buffer.byteLength(key) <= MAX_PLAIN_BYTES && key.isWellFormed()) {
    return `${kind}:${key}`;
  }
  return `${kind}:${HASHED}${createHash('sha256').update(key, 'utf16le').digest('base64url')}`;
}
