interface CommonOptions {
  /** Seconds for which a response is fresh that does not say so itself. Default: none, such a response is not stored. */
  readonly ttl?: number;
  /** The same for 404 and 410, seconds; `ttl` when that is less. Default 10. */
  readonly notFoundTtl?: number;
  /** Seconds after that in which a stale response is served while one request refreshes it. Default 0. */
  readonly staleWhileRevalidate?: number;
  /** Seconds after that in which a stale response is served when the handler fails (throws, or answers 5xx). Default 0. */
  readonly staleIfError?: number;
  /**
   * True: without `staleWhileRevalidate`, its window is as long as the response was fresh. False: the first request
   * after that waits for the new response. Default false.
   */
  readonly revalidateOnStale?: boolean;
  /** What invalidates the responses, besides their URL and the paths above it. */
  readonly tags?: readonly string[] | ((request: Request, response: Response) => readonly string[]);
  /** Stands in the place of the query in the key: equal text, equal response. The path always counts. */
  readonly keyGenerator?: (request: Request) => string;
  /** The query parameters that count. All others neither enter the key nor reach the handler. Default: all count. */
  readonly query?: readonly string[];
  /** Request fields that responses depend on, besides those in their own `Vary`. */
  readonly vary?: readonly string[];
  /** Answered from the cache: of GET and HEAD. Default both. */
  readonly methods?: readonly ('GET' | 'HEAD')[];
  /** Larger bodies are passed on and not stored. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Stores bodies of a kilobyte and more compressed; each hit then costs unpacking. Default false. */
  readonly compress?: boolean;
  /** Adds `X-Cache-Key`. Default false. */
  readonly debug?: boolean;
  /** What a client's `Cache-Control: no-cache` does (RFC 9111 §5.2.1 leaves it to the cache). Default `ignore`. */
  readonly clientNoCache?: 'ignore' | 'bypass';
  /**
   * Who tells which request fields a response depends on. `observed`: the fields that the handler reads; one that is
   * neither in `vary` nor in the response's `Vary` keeps it from being stored. `declared`: its `Vary` alone is believed,
   * as a proxy must believe an origin; for handlers that pass requests on. Default `observed`.
   */
  readonly dependsOn?: 'observed' | 'declared';
  /**
   * Asked with the client's own request before the handler runs for it, for a rate limit, say: hits do not come here.
   * A response is the answer to this client alone; null lets the handler run.
   */
  readonly admit?: (request: Request) => Response | null | Promise<Response | null>;
  /**
   * Hits may be given by the front, before the framework: nothing that stands around this handler is asked then. So
   * export it as it is, without a guard or anything else that changes requests or responses. Only in a shared scope.
   * Default false.
   */
  readonly front?: boolean;
}

export type RouteCacheOptions = CommonOptions &
  (
    | { readonly scope?: 'shared' }
    /** Responses of one user, kept apart; without a user (null) nothing is cached. */
    | {
        readonly scope: 'private';
        readonly user: (request: Request) => string | null | Promise<string | null>;
      }
  );

/** The options with their defaults, read once. */
export interface ResolvedOptions {
  readonly scope: 'shared' | 'private';
  readonly user: ((request: Request) => string | null | Promise<string | null>) | null;
  readonly ttlS: number | null;
  readonly notFoundTtlS: number;
  readonly staleWhileRevalidateS: number | null;
  readonly staleIfErrorS: number;
  readonly revalidateOnStale: boolean;
  readonly tags: (request: Request, response: Response) => readonly string[];
  readonly keyGenerator: ((request: Request) => string) | null;
  readonly query: readonly string[] | null;
  /** Lower-case, sorted. */
  readonly keyedFields: readonly string[];
  readonly methods: ReadonlySet<string>;
  readonly maxBytes: number;
  readonly compress: boolean;
  readonly debug: boolean;
  readonly obeysNoCache: boolean;
  readonly observes: boolean;
  readonly admit: (request: Request) => Response | null | Promise<Response | null>;
  readonly front: boolean;
}

const MIB = 1024 * 1024;

/** @throws {TypeError} that names what is wrong and what would be right. */
export function resolveOptions(options: RouteCacheOptions): ResolvedOptions {
  const { scope = 'shared', methods = ['GET', 'HEAD'], tags = [] } = options;
  const user = 'user' in options ? options.user : null;
  if (scope === 'private' && typeof user !== 'function') {
    throw new TypeError(
      'withCache: scope "private" needs `user`, a function that tells whose response it is',
    );
  }
  if (scope === 'private' && options.front) {
    throw new TypeError('withCache: `front` cannot tell users apart, so it needs scope "shared"');
  }
  for (const method of methods) {
    if (method === 'GET' || method === 'HEAD') continue;
    throw new TypeError(
      `withCache: \`methods\` takes GET and HEAD, not ${String(method)}, which may change things`,
    );
  }
  return {
    scope,
    user: scope === 'private' ? user : null,
    ttlS: options.ttl === undefined ? null : seconds('ttl', options.ttl),
    notFoundTtlS: seconds('notFoundTtl', options.notFoundTtl ?? 10),
    staleWhileRevalidateS:
      options.staleWhileRevalidate === undefined
        ? null
        : seconds('staleWhileRevalidate', options.staleWhileRevalidate),
    staleIfErrorS: seconds('staleIfError', options.staleIfError ?? 0),
    revalidateOnStale: options.revalidateOnStale ?? false,
    tags: typeof tags === 'function' ? tags : () => tags,
    keyGenerator: options.keyGenerator ?? null,
    query: options.query ? [...new Set(options.query)].sort() : null,
    keyedFields: fieldNames(options.vary ?? []),
    methods: new Set(methods),
    maxBytes: seconds('maxBytes', options.maxBytes ?? MIB),
    compress: options.compress ?? false,
    debug: options.debug ?? false,
    obeysNoCache: options.clientNoCache === 'bypass',
    observes: options.dependsOn !== 'declared',
    admit: options.admit ?? (() => null),
    front: options.front ?? false,
  };
}

function seconds(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`withCache: \`${name}\` must be a number from 0 on, not ${String(value)}`);
}

function fieldNames(names: readonly string[]): readonly string[] {
  for (const name of names) {
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && name !== '*') continue;
    throw new TypeError(`withCache: \`vary\` takes names of request fields, not "${name}"`);
  }
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}
