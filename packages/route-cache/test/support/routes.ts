import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { afterEach } from 'vitest';
import { createRouteCache, type RouteCacheOptions, type RouteCacheSettings } from '../../src/index.ts';

type Answer = (request: Request) => Response | Promise<Response>;

/** A wrapped handler with what a test asks of it. */
export interface Route {
  /** Of this path on `https://shop.example`. */
  get(path?: string, init?: RequestInit): Promise<Response>;
  /** How often the handler has run. */
  readonly calls: number;
}

export const ORIGIN = 'https://shop.example';

/** Routes on caches of their own, closed after each test. */
export function createRoutes() {
  const caches: Cache[] = [];
  afterEach(async () => {
    await Promise.all(caches.splice(0).map((cache) => cache.close()));
  });

  return function open(settings: Partial<RouteCacheSettings> = {}) {
    const cache = createCache({ backend: memoryBackend() });
    caches.push(cache);
    const routes = createRouteCache({ cache, ...settings });

    return {
      ...routes,
      cache,
      route(options: RouteCacheOptions, answer: Answer): Route {
        let calls = 0;
        const handler = routes.withCache(options)((request: Request) => {
          calls += 1;
          return answer(request);
        });
        return {
          get: (path = '/', init) => handler(new Request(`${ORIGIN}${path}`, init), undefined),
          get calls() {
            return calls;
          },
        };
      },
    };
  };
}

/** Of a response, `X-Cache`. */
export const xCache = (response: Response): string | null => response.headers.get('x-cache');

export const status = (response: Response): string => response.headers.get('cache-status') ?? '';
