import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheControl } from '../next-types.ts';

/** The lifetimes of what the build prerendered, by path (`/about`) or, for fallback shells, by route (`/[slug]`). */
export type Prerenders = ReadonlyMap<string, CacheControl>;

/** Of `prerender-manifest.json`, what is read of it. */
export interface Manifest {
  readonly routes?: Readonly<
    Record<
      string,
      {
        readonly initialRevalidateSeconds?: number | false;
        readonly initialExpireSeconds?: number;
        /** The route with parameters that the path is one of. */
        readonly srcRoute?: string | null;
      }
    >
  >;
  readonly dynamicRoutes?: Readonly<
    Record<string, { readonly fallbackRevalidate?: number | false; readonly fallbackExpire?: number }>
  >;
  readonly notFoundRoutes?: readonly string[];
}

const MANIFEST_FILE = 'prerender-manifest.json';

/** Next assumes a second where the build says nothing of a page, and for ever for a fallback. */
const UNKNOWN_REVALIDATE = 1;

/** Empty when there is no build output, as in development. Rejects when it is broken. */
export async function readManifest(serverDistDir: string): Promise<Manifest> {
  const text = await readFile(join(serverDistDir, '..', MANIFEST_FILE), 'utf8').catch(() => '{}');
  // Written by Next's build; a field that is missing or different seeds nothing or lives for a second.
  return JSON.parse(text) as Manifest;
}

/** Empty when there is no build output, as in development. */
export async function readPrerenders(serverDistDir: string): Promise<Prerenders> {
  const { routes = {}, dynamicRoutes = {} } = await readManifest(serverDistDir);
  const prerenders = new Map<string, CacheControl>();
  for (const [path, { initialRevalidateSeconds, initialExpireSeconds }] of Object.entries(routes)) {
    prerenders.set(path, cacheControl(initialRevalidateSeconds, initialExpireSeconds));
  }
  for (const [route, { fallbackRevalidate = false, fallbackExpire }] of Object.entries(dynamicRoutes)) {
    prerenders.set(route, cacheControl(fallbackRevalidate, fallbackExpire));
  }
  return prerenders;
}

function cacheControl(revalidate: number | false = UNKNOWN_REVALIDATE, expire?: number): CacheControl {
  return expire === undefined ? { revalidate } : { revalidate, expire };
}

/** How Next names a page's files: `/` is `/index`, and a path that begins so has it doubled. */
export function toPagePath(path: string): string {
  if (path === '/') return '/index';
  return /^\/index(\/|$)/.test(path) && !path.includes('/[') ? `/index${path}` : path;
}

/** The reverse. */
export function toRoutePath(path: string): string {
  if (path === '/index') return '/';
  return path.startsWith('/index/') && !path.includes('/[') ? path.slice('/index'.length) : path;
}
