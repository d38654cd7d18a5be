import { createHash } from 'node:crypto';

const MAX_PLAIN_BYTES = 200;
const KIND = /^[a-z][a-z0-9-]*$/;
const HASHED = '~';

/** The tag that every read of a kind has beside its own: one record makes all of a kind unusable, on all processes. */
export const kindTag = (kind: string) => `kind:${kind}`;

/**
 * The one form of a tag, in entries, in the log and in Redis, so that everybody means the same one: what is not
 * printable ASCII is percent-encoded, as Next does from 16.4 on, while 15.5 and apps name tags as they are
 * (`encodeHeaderSafe` in next/dist/server/lib/encode-header-safe.js). An encoded tag stays as it is. Redis has no half of
 * a surrogate pair but U+FFFD in its place, and so do we.
 */
export const canonicalTag = (tag: string) => (UNSAFE.test(tag) ? encodeUnsafe(tag) : tag);

const UNSAFE = /[^\t\x20-\x7e]/;
const UNSAFE_RUNS = /[^\t\x20-\x7e]+/g;
const encodeUnsafe = (tag: string) =>
  tag.toWellFormed().replaceAll(UNSAFE_RUNS, (run) => encodeURIComponent(run));

export const uniqueTags = (tags: readonly string[]) => [...new Set(tags.map(canonicalTag))];

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
