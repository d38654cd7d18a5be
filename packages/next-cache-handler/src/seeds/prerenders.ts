import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheControl } from '../next-types.ts';

/** The lifetimes of what the build prerendered, by path (`/about`) or, for fallback shells, by route (`/[slug]`). */
export type Prerenders = ReadonlyMap<string, CacheControl>;

interface Manifest {
  readonly routes?: Readonly<
    Record<
      string,
      { readonly initialRevalidateSeconds?: number | false; readonly initialExpireSeconds?: number }
    >
  >;
  readonly dynamicRoutes?: Readonly<
    Record<string, { readonly fallbackRevalidate?: number | false; readonly fallbackExpire?: number }>
  >;
}

/** Next assumes a second where the build says nothing of a page, and for ever for a fallback. */
const UNKNOWN_REVALIDATE = 1;

/** Empty when there is no build output, as in development. */
export async function readPrerenders(serverDistDir: string): Promise<Prerenders> {
  const text = await readFile(join(serverDistDir, '..', 'prerender-manifest.json'), 'utf8').catch(() => '{}');
  // Written by Next's build; a field that is missing or different seeds nothing or lives for a second.
  const { routes = {}, dynamicRoutes = {} } = JSON.parse(text) as Manifest;
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
