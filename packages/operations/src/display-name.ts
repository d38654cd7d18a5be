import { createHash } from 'node:crypto';

/** A build's id, then the path, or in Next 16 `/route-cache/APP_PAGE/<digest of the route>/$` and the path. */
const PAGE_KEY = /^[^/]*(?:\/route-cache\/[A-Z_]+\/[0-9a-f]{64}\/\$)?(\/.*)$/s;

/**
 * An entry's name for logs and lists: the path of a page, a digest for everything else, because keys may hold the
 * arguments of functions and queries.
 */
export function displayName(kind: string, key: string): string {
  const path = kind === 'page' ? PAGE_KEY.exec(key)?.[1] : undefined;
  return path === undefined ? digest(key) : path.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 200);
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
