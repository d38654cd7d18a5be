import { bodyOf } from './gzip.ts';
import { asBody } from './response-parts.ts';
import { freshenedHeaders, type HeaderList } from './stored-headers.ts';
import { fits, type StoredResponse } from './stored-response.ts';

/**
 * About the client's own copy, or its wish for a part: answered from the complete response. What the handler finds in
 * these fields is the cache's.
 */
export const OF_THE_CACHE = ['if-none-match', 'if-modified-since', 'if-range', 'range'];

/** Whether the handler itself gave a validator, so that it may know it again. */
export const isValidated = (headers: Headers): boolean => headers.has('etag') || headers.has('last-modified');

/** Whether the handler may be asked if this stored response still holds (RFC 9111 §4.3.1). */
export const isConfirmable = (stored: StoredResponse, request: Headers): boolean =>
  stored.validated && stored.status === 200 && fits(stored, request);

/** The fields that the handler gets: the client's, with the validators of the stored response. */
export function handlerFields(request: Headers, confirmable: StoredResponse | null): Headers {
  const fields = new Headers(request);
  for (const name of OF_THE_CACHE) fields.delete(name);
  if (confirmable === null) return fields;
  const etag = fieldOf(confirmable.headers, 'etag');
  const modified = fieldOf(confirmable.headers, 'last-modified');
  if (etag !== null) fields.set('if-none-match', etag);
  if (modified !== null) fields.set('if-modified-since', modified);
  return fields;
}

/** The stored response with the fields of the 304 that confirmed it (RFC 9111 §4.3.4). */
export async function confirm(stored: StoredResponse, confirmation: Response): Promise<Response> {
  await confirmation.body?.cancel();
  return new Response(asBody(await bodyOf(stored)), {
    status: stored.status,
    statusText: stored.statusText,
    headers: freshenedHeaders(stored.headers, confirmation.headers),
  });
}

const fieldOf = (headers: HeaderList, name: string) => headers.find(([other]) => other === name)?.[1] ?? null;
