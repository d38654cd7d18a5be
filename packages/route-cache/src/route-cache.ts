import { type Cache, type Invalidation, tagOfPattern } from '@tbi/cache';
import type { Front } from './front.ts';
import { type RouteCacheOptions, resolveOptions } from './options.ts';
import { createPassMemory } from './pass-memory.ts';
import { createServe } from './serve.ts';

export interface RouteCacheSettings {
  /** The engine of this process, or a function that gives it at the first request. */
  readonly cache: Cache | (() => Cache);
  /** This cache's name in `Cache-Status`: letters, digits, `-`. Default `tbi`. */
  readonly name?: string;
  /**
   * The public origin of the site, such as `https://example.com`, or a function that gives it. Handlers then see it in
   * their URLs whatever a client says in `Host`. Default: that of each request, which is then part of the key.
   */
  readonly origin?: string | (() => string);
  /** Answers hits of the handlers whose option `front` is true, before the framework. Needs `origin`. Default: none. */
  readonly front?: Front;
}

/** Wraps a handler; also a standard method decorator. */
export type CacheWrapper = <This, Context>(
  handler: (this: This, request: Request, context: Context) => Response | Promise<Response>,
  decorated?: unknown,
) => (this: This, request: Request, context: Context) => Promise<Response>;

export interface RouteCache {
  /**
   * An HTTP cache around a route handler (RFC 9111). Wrapped with the same options, the handlers of unsafe methods
   * invalidate what the others have stored of their URL.
   *
   * @throws {TypeError} for options that cannot be meant.
   */
  withCache(options?: RouteCacheOptions): CacheWrapper;
  /**
   * Makes stored responses unusable on every process: those of a URL (`/api/reports?page=2`), of a path and everything
   * below it (`/api/reports/*`), or with one of the tags. Costs the same however many there are. Resolves when it is
   * recorded in the log; `pending` tells that Redis could not take it yet.
   *
   * @throws {TypeError} for a pattern that is neither.
   */
  invalidateCache(target: string | { readonly tags: readonly string[] }): Promise<Invalidation>;
}

export function createRouteCache(settings: RouteCacheSettings): RouteCache {
  const { name = 'tbi', origin = null, front = null } = settings;
  if (!/^[a-zA-Z][\w-]*$/.test(name))
    throw new TypeError(`createRouteCache: "${name}" is no name for Cache-Status`);
  if (front !== null && origin === null)
    throw new TypeError(
      'createRouteCache: `front` needs `origin`, so that a URL alone says what is asked for',
    );
  const cache = () => (typeof settings.cache === 'function' ? settings.cache() : settings.cache);
  const passes = createPassMemory();

  return {
    withCache(options = {}) {
      const resolved = resolveOptions(options);
      const serve = createServe(
        { cache, name, passes, front, origin: typeof origin === 'function' ? origin : () => origin },
        resolved,
      );
      return (handler) =>
        function cached(request, context) {
          return serve(request, async (seen) => handler.call(this, seen, context));
        };
    },
    async invalidateCache(target) {
      const tags = typeof target === 'string' ? [tagOfPattern(target)] : target.tags;
      return cache().invalidate(tags);
    },
  };
}
