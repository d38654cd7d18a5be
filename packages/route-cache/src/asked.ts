import { depthOf, MAX_PATH_DEPTH } from '@tbi/cache';
import { primaryKey } from './key.ts';
import { type Observed, observe } from './observed-request.ts';
import type { ResolvedOptions } from './options.ts';
import { selectionOf } from './vary.ts';

/** What is read of a request to find a stored response. */
export type Question = Pick<Request, 'method' | 'url' | 'headers'>;

/** What a client asks for, as far as the cache is concerned. */
export interface Asked<R extends Question = Request> {
  /** The client's own request: for what is done for this client alone. */
  readonly request: R;
  readonly headers: Headers;
  /** What the handler sees of the URL. */
  readonly url: URL;
  readonly key: string;
  /** The fields that went into the key. */
  readonly keyed: ReadonlySet<string>;
  readonly authorized: boolean;
}

/** Longer URLs are not cached: they would cost more than what they name. */
const MAX_URL_LENGTH = 2_048;

/**
 * A word that says why a request is not answered from the cache, or what it asks for.
 *
 * @param user Whose responses are asked for, in a private scope.
 */
export function readRequest<R extends Question>(
  request: R,
  user: string | null,
  options: ResolvedOptions,
  origin: string | null,
): Asked<R> | string {
  const { headers } = request;
  if (request.url.length > MAX_URL_LENGTH) return 'long-url';
  // RFC 9111 §4.3.2: only the origin can evaluate these.
  if (headers.has('if-match') || headers.has('if-unmodified-since')) return 'precondition';
  const url = seenUrl(request.url, options.query, origin);
  if (depthOf(url.pathname) > MAX_PATH_DEPTH) return 'deep-path';
  if (options.scope === 'private' && (user === null || user === '')) return 'no-user';
  const generator = options.keyGenerator === null ? null : generate(options.keyGenerator, url, headers);
  return {
    request,
    headers,
    url,
    keyed: new Set([...options.keyedFields, ...(generator?.reads ?? [])]),
    authorized: headers.has('authorization'),
    key: primaryKey({
      user,
      origin: url.origin,
      path: url.pathname,
      query: url.search,
      generated: generator?.key ?? null,
      selection: selectionOf(options.keyedFields, headers),
    }),
  };
}

/** The URL with the parameters that count, in one order, on the site's own origin. */
export function seenUrl(address: string, query: ResolvedOptions['query'], origin: string | null): URL {
  const asked = new URL(address);
  // Set part by part: a path that begins with two slashes must not become a host.
  const url = new URL(origin ?? asked.origin);
  url.pathname = asked.pathname;
  url.search = asked.search;
  if (query === null) return url;
  const params = new URLSearchParams();
  for (const name of query) for (const value of url.searchParams.getAll(name)) params.append(name, value);
  url.search = params.toString();
  return url;
}

/** What the generator reads of a request is in its key, for all that it makes of it. */
function generate(generator: (request: Request) => string, url: URL, headers: Headers) {
  const { request, reads }: Observed = observe(url.href, 'GET', headers);
  const key = generator(request);
  if (typeof key !== 'string') throw new TypeError('withCache: `keyGenerator` must return a string');
  return { key, reads };
}
