import { strongEtag } from './conditional.ts';
import { formatHttpDate } from './http-date.ts';
import type { ResolvedOptions } from './options.ts';
import type { Policy } from './policy.ts';
import { storedHeaders, toHeaders } from './stored-headers.ts';

/** Statuses of responses that have no body (Fetch, "null body status"). */
const WITHOUT_BODY = new Set([204, 205, 304]);

export const hasBody = (status: number): boolean => !WITHOUT_BODY.has(status);

/** Stored bytes as a body; whoever sends them only reads them. */
export const asBody = (buffer: Buffer) => buffer as Uint8Array<ArrayBuffer>;

export const statusOf = ({
  status,
  statusText,
}: {
  readonly status: number;
  readonly statusText: string;
}) => ({
  status,
  statusText,
});

/** The fields that everybody gets, whether streamed or stored: those of the handler and what was missing. */
export function outgoingHeaders(
  response: Response,
  { directives }: Policy,
  { scope, keyedFields }: Pick<ResolvedOptions, 'scope' | 'keyedFields'>,
  receivedAtMs: number,
): Headers {
  const headers = toHeaders(storedHeaders(response.headers, directives));
  if (!headers.has('date')) headers.set('date', formatHttpDate(receivedAtMs));
  // A cache between here and the user must not take it for everybody's.
  if (scope === 'private' && !headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  const vary = headers.get('vary');
  const missing = keyedFields.filter(
    (field) =>
      !vary
        ?.toLowerCase()
        .split(/[\s,]+/)
        .includes(field),
  );
  for (const field of missing) headers.append('vary', field);
  return headers;
}

/** The same for a complete body. */
export function completeHeaders(headers: Headers, status: number, body: Buffer): Headers {
  if (!hasBody(status)) return headers;
  headers.set('content-length', String(body.length));
  if (status === 200 && !headers.has('etag')) headers.set('etag', strongEtag(body));
  return headers;
}

/** A body that ended before its announced length is not the whole of it (RFC 9111 §3.3). */
export function isComplete(headers: Headers, body: Buffer): boolean {
  const announced = headers.get('content-length');
  return announced === null || Number(announced) === body.length;
}
