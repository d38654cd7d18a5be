import type { HandlerValue, ResponseHeaders, SetContext } from './next-types.ts';

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
