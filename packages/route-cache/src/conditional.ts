import { createHash } from 'node:crypto';
import { parseHttpDate } from './http-date.ts';

/** A strong validator of these bytes. */
export const strongEtag = (body: Uint8Array): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/**
 * Whether a client's copy is the stored response still: `If-None-Match` alone when it is there, otherwise
 * `If-Modified-Since` (RFC 9110 §13.2.2, RFC 9111 §4.3.2).
 */
export function isNotModified(request: Headers, stored: Headers): boolean {
  const ifNoneMatch = request.get('if-none-match');
  if (ifNoneMatch !== null) return matchesAny(ifNoneMatch, stored.get('etag'));
  const sinceMs = parseHttpDate(request.get('if-modified-since'));
  if (sinceMs === null) return false;
  const modifiedMs = parseHttpDate(stored.get('last-modified') ?? stored.get('date'));
  return modifiedMs !== null && modifiedMs <= sinceMs;
}

/** Weak comparison (RFC 9110 §8.8.3.2): for a copy that is to be shown again, the weakness does not count. */
function matchesAny(field: string, etag: string | null): boolean {
  if (field.trim() === '*') return true;
  if (etag === null) return false;
  const tags = field.match(/(?:W\/)?"[^"]*"/g) ?? field.split(',').map((tag) => tag.trim());
  const opaque = (tag: string) => tag.replace(/^W\//, '');
  return tags.some((tag) => opaque(tag) === opaque(etag));
}

/** What a 304 says besides its own fields (RFC 9110 §15.4.5). */
const OF_304 = [
  'cache-control',
  'cdn-cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
];

export function notModifiedHeaders(stored: Headers): Headers {
  return new Headers([...stored].filter(([name]) => OF_304.includes(name)));
}
