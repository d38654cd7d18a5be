import { createHash } from 'node:crypto';

/** The tag of one URL, whatever its variants and users. Digested: a query may hold what must not get into logs. */
export function urlTag({ pathname, search }: Pick<URL, 'pathname' | 'search'>): string {
  const params = new URLSearchParams(search);
  params.sort();
  const text = `${normalisePath(pathname)}?${params}`;
  return `url:${createHash('sha256').update(text).digest('base64url')}`;
}

/** Levels below this have no tag of their own: a request may have as many as it likes. */
export const MAX_PATH_DEPTH = 24;

/**
 * The tags of a path and of everything above it, so that one tag stands for all that is below a path.
 *
 * @param pathname Escaped, as `URL` has it, or not.
 */
export function pathTags(pathname: string): readonly string[] {
  const segments = segmentsOf(pathname);
  return Array.from({ length: Math.min(segments.length, MAX_PATH_DEPTH) + 1 }, (_, depth) =>
    pathTag(segments.slice(0, depth)),
  );
}

/**
 * The tag that a pattern stands for: `/api/reports?page=2` is that URL, `/api/reports/*` is `/api/reports` and
 * everything below it, with any query.
 *
 * @throws {TypeError} for anything else: there are no other patterns.
 */
export function tagOfPattern(pattern: string): string {
  if (!pattern.startsWith('/') || pattern.startsWith('//')) {
    throw new TypeError(`"${pattern}" is not a path; begin with one slash, as in "/api/reports/*"`);
  }
  const prefix = pattern.endsWith('/*');
  const path = prefix ? pattern.slice(0, -1) : pattern;
  if (path.includes('*')) {
    throw new TypeError(`"${pattern}": "*" may only stand at the end, after a slash, as in "/api/reports/*"`);
  }
  const url = new URL(path, 'http://localhost');
  if (!prefix) return urlTag(url);
  if (path.includes('?') || path.includes('#')) {
    throw new TypeError(`"${pattern}": a pattern with "*" takes no query; it covers all of them`);
  }
  return pathTag(segmentsOf(url.pathname));
}

export const depthOf = (pathname: string): number => segmentsOf(pathname).length;

const segmentsOf = (pathname: string) =>
  normalisePath(pathname)
    .split('/')
    .filter((segment) => segment !== '');

/** What a path has only in escaped form: all that `URL` escapes in one (WHATWG URL, path percent-encode set), and more. */
const UNESCAPED = /[^\w!$&'()*+,./:;=@~|[\]%-]+|%(?![\da-f]{2})/gi;

/** Spellings of one path are one path, also a decoded one, or an invalidation would miss some (RFC 3986 §6.2.2). */
function normalisePath(pathname: string): string {
  const escaped = pathname.toWellFormed().replaceAll(UNESCAPED, (run) => encodeURIComponent(run));
  return escaped.replaceAll(/%[\da-f]{2}/gi, (byte) => {
    const character = String.fromCharCode(Number.parseInt(byte.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : byte.toUpperCase();
  });
}

const pathTag = (segments: readonly string[]) => `path:/${segments.join('/')}`;
