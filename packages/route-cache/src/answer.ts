import type { Asked, Question } from './asked.ts';
import { type Status, writeStatus } from './cache-status.ts';
import { isNotModified, notModifiedHeaders } from './conditional.ts';
import { bodyOf } from './gzip.ts';
import { rangeOf, rangeStillCounts } from './range.ts';
import { asBody, hasBody, statusOf } from './response-parts.ts';
import { toHeaders } from './stored-headers.ts';
import type { StoredResponse } from './stored-response.ts';

/** How this cache signs its answers. */
export interface Signature {
  /** Its name in `Cache-Status`. */
  readonly name: string;
  /** For `X-Cache-Key`; null: not shown. */
  readonly key: string | null;
}

/** All of a response, ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly statusText?: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | null;
}

export const toResponse = ({ body, ...init }: Answer): Response => new Response(body, init);

/**
 * Answers a request with a complete response: as a whole, 304, a part, or without a body.
 *
 * @param ageS Seconds since its generation; null when it comes from the handler just now.
 */
export async function answerWith(
  stored: StoredResponse,
  { request, headers: asked }: Asked<Question>,
  { ageS, status, signature }: { ageS: number | null; status: Status; signature: Signature },
): Promise<Answer> {
  const headers = toHeaders(stored.headers);
  if (ageS !== null) headers.set('age', String(Math.max(0, Math.floor(ageS))));
  const send = (
    body: Uint8Array<ArrayBuffer> | null,
    code: { status: number; statusText?: string },
    fields = headers,
  ): Answer => {
    sign(fields, status, signature);
    return { ...code, headers: fields, body: request.method === 'HEAD' ? null : body };
  };
  if (!hasBody(stored.status)) return send(null, statusOf(stored));
  if (stored.status !== 200) return send(asBody(await bodyOf(stored)), statusOf(stored));
  if (isNotModified(asked, headers)) {
    const fields = notModifiedHeaders(headers);
    if (headers.has('age')) fields.set('age', headers.get('age') ?? '');
    return send(null, { status: 304 }, fields);
  }
  const body = await bodyOf(stored);
  const range =
    request.method === 'GET' && rangeStillCounts(asked.get('if-range'), headers)
      ? rangeOf(asked.get('range'), body.length)
      : rangeOf(null, body.length);
  if (range.kind === 'whole') return send(asBody(body), statusOf(stored));
  if (range.kind === 'unsatisfiable') {
    const fields = new Headers({ 'content-range': `bytes */${body.length}` });
    return send(null, { status: 416 }, fields);
  }
  const { first, last } = range;
  headers.set('content-range', `bytes ${first}-${last}/${body.length}`);
  headers.set('content-length', String(last - first + 1));
  return send(asBody(body.subarray(first, last + 1)), { status: 206 });
}

/** Passes a response of the handler's on, with its signature. */
export function pass(
  response: Response,
  { method }: Request,
  status: Status,
  signature: Signature,
): Response {
  const headers = new Headers(response.headers);
  sign(headers, status, signature);
  const unwanted = method === 'HEAD' || !hasBody(response.status);
  if (unwanted) response.body?.cancel().catch(() => {});
  const body = unwanted ? null : response.body;
  return new Response(body, { ...statusOf(response), headers });
}

function sign(headers: Headers, status: Status, { name, key }: Signature) {
  writeStatus(headers, name, status);
  if (key !== null) headers.set('x-cache-key', key);
}
