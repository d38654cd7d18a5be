import {
  type Directives,
  isUnqualified,
  parseCacheControl,
  parseTargeted,
  secondsOf,
} from './cache-control.ts';
import { parseHttpDate } from './http-date.ts';
import type { ResolvedOptions } from './options.ts';

/** What a response says of its own caching. */
export interface Policy {
  readonly directives: Directives;
  /** Seconds from its generation; null when nothing gives it a lifetime. */
  readonly freshS: number | null;
  readonly staleWhileRevalidateS: number;
  readonly staleIfErrorS: number;
  /** Never to be served stale. */
  readonly mustRevalidate: boolean;
}

type PolicyOptions = Pick<
  ResolvedOptions,
  'scope' | 'ttlS' | 'notFoundTtlS' | 'staleWhileRevalidateS' | 'staleIfErrorS' | 'revalidateOnStale'
>;

/**
 * Reads the policy of a response. For shared caches `CDN-Cache-Control` stands in the place of `Cache-Control` and
 * `Expires` (RFC 9213 §2.2). Then `s-maxage` before `max-age` before `Expires` (RFC 9111 §4.2.1), then the options, and
 * last a tenth of the time since the last modification (§4.2.2).
 */
export function policyOf(response: Response, options: PolicyOptions, nowMs: number): Policy {
  const { headers, status } = response;
  const shared = options.scope === 'shared';
  const targeted = shared ? parseTargeted(headers.get('cdn-cache-control')) : null;
  const directives = targeted ?? parseCacheControl(headers.get('cache-control'));
  const sMaxAgeS = shared ? secondsOf(directives, 's-maxage') : undefined;
  const statedS =
    sMaxAgeS ?? secondsOf(directives, 'max-age') ?? (targeted ? undefined : expiresS(headers, nowMs));
  const freshS = statedS ?? impliedS(status, headers, directives, options, nowMs);
  const noCache = isUnqualified(directives, 'no-cache');
  // §5.2.2.10: `s-maxage` carries the meaning of `proxy-revalidate`.
  const mustRevalidate =
    noCache ||
    directives.has('must-revalidate') ||
    (shared && (directives.has('proxy-revalidate') || sMaxAgeS !== undefined));
  const windowS = (name: string, otherwiseS: number) =>
    mustRevalidate ? 0 : (secondsOf(directives, name) ?? otherwiseS);
  return {
    directives,
    freshS: noCache ? 0 : freshS,
    staleWhileRevalidateS: windowS(
      'stale-while-revalidate',
      options.staleWhileRevalidateS ?? (options.revalidateOnStale ? (freshS ?? 0) : 0),
    ),
    staleIfErrorS: windowS('stale-if-error', options.staleIfErrorS),
    mustRevalidate,
  };
}

function expiresS(headers: Headers, nowMs: number): number | undefined {
  const field = headers.get('expires');
  if (field === null) return undefined;
  const expiresMs = parseHttpDate(field, nowMs);
  // §5.3: an invalid date, such as "0", is in the past.
  if (expiresMs === null) return 0;
  return Math.max(0, (expiresMs - (parseHttpDate(headers.get('date'), nowMs) ?? nowMs)) / 1000);
}

/** Statuses that may be cached without saying so (RFC 9110 §15.1), less those that are never cached here. */
const CACHEABLE = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414]);
/** Those that say that there is nothing: they have a lifetime of their own. */
const NOT_FOUND = new Set([404, 410]);
const HEURISTIC_FRACTION = 0.1;
const MAX_HEURISTIC_S = 86_400;

function impliedS(
  status: number,
  headers: Headers,
  directives: Directives,
  { ttlS, notFoundTtlS }: PolicyOptions,
  nowMs: number,
): number | null {
  if (!CACHEABLE.has(status) && !directives.has('public')) return null;
  if (ttlS !== null) return NOT_FOUND.has(status) ? Math.min(ttlS, notFoundTtlS) : ttlS;
  const modifiedMs = parseHttpDate(headers.get('last-modified'), nowMs);
  if (modifiedMs === null) return null;
  const sinceS = Math.max(0, nowMs - modifiedMs) / 1000;
  return Math.min(sinceS * HEURISTIC_FRACTION, MAX_HEURISTIC_S);
}
