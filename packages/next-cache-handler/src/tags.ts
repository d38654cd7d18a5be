import { pathTags } from '@tbi/cache';
import type { HandlerValue, ResponseHeaders, SetContext } from './next-types.ts';

/** Next's tag of a path begins so; those of layouts and of routes with parameters end in one of these words. */
const PATH_TAG = /^_N_T_(\/(?!(?:.*\/)?(?:layout|page|route)$).*)$/;

/** Next 16 names responses by their route's digest: `/route-cache/APP_PAGE/<digest>/$/about` is `/about`. */
const RESPONSE_KEY = /^\/route-cache\/[A-Z_]+\/[0-9a-f]{64}\/\$(\/.*)$/s;

/** Tags that count for the read of a page besides its own: its path and everything above it. */
export function softTagsOfPage(key: string): readonly string[] {
  return tagsOfPath(RESPONSE_KEY.exec(key)?.[1] ?? key);
}

/** In a decoded path a `%` is one, but for those of `/`, `#`, `?` and `\` (Next's `decodePathParams`). */
const DECODED_PERCENT = /%(?!(?:25)?(?:2f|23|3f|5c))/gi;

/**
 * Keys are decoded, and other paths are as in the address. One with a `%` is read both ways, because Next leaves what it
 * cannot decode: ending too much costs a render, ending too little shows what is outdated.
 */
function tagsOfPath(given: string): readonly string[] {
  const path = given === '/index' ? '/' : given;
  if (!path.includes('%')) return pathTags(path);
  return [...new Set([...pathTags(path), ...pathTags(path.replaceAll(DECODED_PERCENT, '%25'))])];
}

/** The soft tags that Next gives with a read, and for the path among them everything above it. */
export function withPathsAbove(softTags: readonly string[]): readonly string[] {
  const path = softTags.map((tag) => PATH_TAG.exec(tag)?.[1]).find((found) => found !== undefined);
  return path === undefined ? softTags : [...softTags, ...tagsOfPath(path)];
}

const TAGS_HEADER = 'x-next-cache-tags';

/** What invalidates a value: Next gives the tags of `fetch` beside it, those of pages and routes in a header. */
export function tagsOf(value: HandlerValue, context: SetContext): readonly string[] {
  if (context.fetchCache) {
    return [...(context.tags ?? []), ...(value?.kind === 'FETCH' ? (value.tags ?? []) : [])];
  }
  return value !== null && 'headers' in value ? tagsIn(value.headers) : [];
}

/** The tags that Next names in the headers of a response. */
export function tagsIn(headers: ResponseHeaders | undefined): readonly string[] {
  const header = headers?.[TAGS_HEADER];
  return typeof header === 'string' ? header.split(',').filter((tag) => tag !== '') : [];
}

/** A tag as the engine keeps it, whichever version of Next names it: 16.4 encodes what is not printable ASCII. */
export const recordedForm = (tag: string) =>
  tag.toWellFormed().replaceAll(/[^\t\x20-\x7e]+/g, (run) => encodeURIComponent(run));
