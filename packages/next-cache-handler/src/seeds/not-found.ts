import { createHash } from 'node:crypto';
import type { HandlerEntry, HandlerValue, SetContext } from '../next-types.ts';
import { type Manifest, readManifest, toPagePath } from './prerenders.ts';

/**
 * What Next's build found nothing for (`getStaticProps` with `notFound: true`), by the key that its pages have.
 *
 * Where nothing is stored, Next answers these paths with the 404 of the build, calls it fresh and stores it: over a
 * page that was published since and was evicted, or that is being rendered at this moment. So it is given that 404 as
 * one whose time is over, and renders: 16.4 before it answers, 15.5 after it has answered with the 404 once.
 */
export function createNotFound() {
  const keysOf = new Map<string, Promise<ReadonlySet<string>>>();

  return async (serverDistDir: string, key: string): Promise<boolean> => {
    if (!key.startsWith(KEY_START)) return false;
    const keys = keysOf.get(serverDistDir) ?? readKeys(serverDistDir);
    keysOf.set(serverDistDir, keys);
    return (await keys).has(key);
  };
}

/** `-1`: its time is over, in every version. A second is the least that a cache in front of the site may be told. */
export const OUTDATED_NOT_FOUND: HandlerEntry = {
  value: null,
  lastModified: -1,
  cacheControl: { revalidate: 1 },
};

/**
 * What Next makes of it when the render fails, and stores: the 404 of the build would be fresh after all. Nobody else
 * gives three seconds without an `expire`, except a page of 15.5 with `revalidate: 3`, whose 404 is then made each time.
 */
export function isFailedNotFound(value: HandlerValue, context: SetContext): boolean {
  if (value !== null || context.fetchCache) return false;
  return context.cacheControl?.revalidate === 3 && context.cacheControl.expire === undefined;
}

const KEY_START = '/route-cache/PAGES/';

async function readKeys(serverDistDir: string): Promise<ReadonlySet<string>> {
  const manifest = await readManifest(serverDistDir).catch((): Manifest => ({}));
  const { notFoundRoutes = [] } = manifest;
  return new Set(
    notFoundRoutes.flatMap((path) => routesOf(path, manifest).map((route) => keyOf(path, route))),
  );
}

/** The page that a path belongs to is the path itself where it has no parameters, without its locale. */
function routesOf(path: string, { routes = {} }: Manifest): readonly string[] {
  const route = routes[path]?.srcRoute;
  return route ? [route] : [path, path.replace(/^\/[^/]+/, '') || '/'];
}

const keyOf = (path: string, route: string) =>
  `${KEY_START}${createHash('sha256').update(route).digest('hex')}/$${toPagePath(path)}`;
