/**
 * The shapes that Next.js hands to its cache handlers and expects back, as far as this package uses them.
 * Written down here because Next exports no types for them that hold from 15.5 to 16.4.
 */

/** What Next knows of a response's lifetime, in seconds. `revalidate: false`: never. */
export interface CacheControl {
  readonly revalidate: number | false;
  readonly expire?: number | undefined;
}

export type ResponseHeaders = Readonly<Record<string, string | string[] | number | undefined>>;

export interface AppPageValue {
  readonly kind: 'APP_PAGE';
  readonly html: string;
  readonly rscData?: Buffer | undefined;
  readonly segmentData?: ReadonlyMap<string, Buffer> | undefined;
  /** Where a partially prerendered page goes on rendering. */
  readonly postponed?: string | undefined;
  readonly headers?: ResponseHeaders | undefined;
  readonly status?: number | undefined;
}

export interface AppRouteValue {
  readonly kind: 'APP_ROUTE';
  readonly body: Buffer;
  readonly status: number;
  readonly headers: ResponseHeaders;
}

export interface PagesValue {
  readonly kind: 'PAGES';
  readonly html: string;
  readonly pageData: object;
  readonly headers?: ResponseHeaders | undefined;
  readonly status?: number | undefined;
}

export interface RedirectValue {
  readonly kind: 'REDIRECT';
  readonly props: object;
}

export interface ImageValue {
  readonly kind: 'IMAGE';
  readonly buffer: Buffer;
  readonly etag: string;
  readonly upstreamEtag: string;
  readonly extension: string;
  readonly revalidate?: number | undefined;
}

export interface FetchValue {
  readonly kind: 'FETCH';
  readonly data: {
    readonly headers: Readonly<Record<string, string>>;
    /** Base64 for `fetch`, JSON text for `unstable_cache`; undefined for an `unstable_cache` result of `undefined`. */
    readonly body?: string | undefined;
    readonly url: string;
    readonly status?: number | undefined;
  };
  readonly tags?: readonly string[] | undefined;
  /** Seconds. */
  readonly revalidate: number;
}

export type ResponseValue = AppPageValue | AppRouteValue | PagesValue | RedirectValue | ImageValue;
/** `null` stands for a page that was not found. */
export type HandlerValue = ResponseValue | FetchValue | null;

export interface FetchGetContext {
  readonly kind: 'FETCH';
  /** Seconds, as the reader asks for; the writer may have asked for others. */
  readonly revalidate?: number | false | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly softTags?: readonly string[] | undefined;
}

export interface ResponseGetContext {
  readonly kind: 'APP_PAGE' | 'APP_ROUTE' | 'PAGES' | 'IMAGE';
  readonly isRoutePPREnabled?: boolean | undefined;
  readonly isFallback?: boolean | undefined;
}

export type GetContext = FetchGetContext | ResponseGetContext;

export interface FetchSetContext {
  readonly fetchCache: true;
  readonly tags?: readonly string[] | undefined;
}

export interface ResponseSetContext {
  readonly fetchCache?: false | undefined;
  readonly cacheControl?: CacheControl | undefined;
}

export type SetContext = FetchSetContext | ResponseSetContext;

/** What `get` of a `cacheHandler` returns. */
export interface HandlerEntry {
  /** Ms since 1970 by Next's clock. Next derives from it whether the value is stale. */
  readonly lastModified: number;
  readonly value: HandlerValue;
  /** Read by Next since 16.4.0; for older versions see `older-next.ts`. */
  readonly cacheControl?: CacheControl;
}

/** How an invalidation is meant. Without `expire`, or with 0: unusable now. */
export interface Durations {
  /** Seconds until what is stale from now on becomes unusable. */
  readonly expire?: number | undefined;
}

/** What `cacheHandlers` store: the result of a `'use cache'` function. */
export interface UseCacheEntry {
  readonly value: ReadableStream<Uint8Array>;
  readonly tags: string[];
  /** Seconds; for the browser only. */
  readonly stale: number;
  /** Ms since 1970 by Next's clock: when the generation began. */
  readonly timestamp: number;
  /** Seconds after `timestamp`. */
  readonly expire: number;
  /** Seconds after `timestamp`; negative: stale, serve once and refresh. */
  readonly revalidate: number;
}
