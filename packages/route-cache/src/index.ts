export type { RouteCacheOptions } from './options.ts';
export {
  type CacheWrapper,
  createRouteCache,
  type RouteCache,
  type RouteCacheSettings,
} from './route-cache.ts';
