import type { IncomingMessage } from 'node:http';

/**
 * Headers by which Next's parts talk to each other, or by which a proxy tells of an inner request. From outside they
 * would choose another rendering, path or cache entry. Next drops some of them itself; these are dropped before it.
 */
export const INTERNAL_REQUEST_HEADERS = [
  'content-security-policy',
  'content-security-policy-report-only',
  'next-resume',
  'next-resume-state-length',
  'x-invoke-error',
  'x-invoke-output',
  'x-invoke-path',
  'x-invoke-query',
  'x-invoke-status',
  'x-matched-path',
  'x-middleware-invoke',
  'x-middleware-prefetch',
  'x-middleware-rewrite',
  'x-middleware-subrequest',
  'x-middleware-subrequest-id',
  'x-next-cache-tags',
  'x-next-resume-state-length',
  'x-next-revalidate-tag-token',
  'x-next-revalidated-tags',
  'x-now-route-matches',
  'x-prerender-bypass-mode',
  'x-prerender-revalidate',
  'x-prerender-revalidate-if-generated',
] as const;

/**
 * Makes a request one that Next may see: without what only Next may say to itself, and with the placeholder from which
 * it takes the nonce of the scripts that it renders.
 */
export function prepareRequest(request: IncomingMessage, placeholder: string): void {
  for (const name of INTERNAL_REQUEST_HEADERS) delete request.headers[name];
  request.headers['content-security-policy'] = `script-src 'nonce-${placeholder}'`;
  // A document has a fresh nonce in each response, so the browser's copy is never still good.
  if (isDocument(request)) delete request.headers['if-none-match'];
}

function isDocument({ headers, url = '' }: IncomingMessage): boolean {
  return headers.rsc === undefined && !url.startsWith('/_next/') && !url.startsWith('/api/');
}
