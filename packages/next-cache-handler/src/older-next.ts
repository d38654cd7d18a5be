import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CacheControl } from './next-types.ts';

/** Tells Next the lifetime of the response that is stored under a key. */
export type Remember = (key: string, cacheControl: CacheControl) => void;

/** The first version that reads `cacheControl` of what a handler returns. */
const READS_LIFETIMES = [16, 4] as const;
/** Where every version keeps the lifetimes of what the process rendered, by the keys that handlers are given. */
const LIFETIMES_MODULE = 'next/dist/server/lib/incremental-cache/shared-cache-controls.external.js';

const known = new Map<string, Remember>();

/**
 * Next before 16.4 knows the lifetimes of responses only that the same process has rendered, and takes a second for
 * all others: they would look stale two seconds later, go out without `Cache-Control`, and be rendered for every
 * request once a render fails. So the lifetime is put where 16.4 puts the one that it is given. For 16.4 and later,
 * and where that place is not what it was in 15.5.29, nothing is done.
 */
export function rememberIn(serverDistDir: string): Remember {
  const remember = known.get(serverDistDir) ?? findMemory(serverDistDir);
  known.set(serverDistDir, remember);
  return remember;
}

const NOTHING: Remember = () => {};

function findMemory(serverDistDir: string): Remember {
  try {
    const requireFromApp = createRequire(join(serverDistDir, 'handler.js'));
    const { version } = requireFromApp('next/package.json') as { readonly version: string };
    if (!isOlder(version)) return NOTHING;
    const { SharedCacheControls } = requireFromApp(LIFETIMES_MODULE) as {
      readonly SharedCacheControls?: { readonly cacheControls?: unknown };
    };
    const lifetimes = SharedCacheControls?.cacheControls;
    return lifetimes instanceof Map ? (key, cacheControl) => void lifetimes.set(key, cacheControl) : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < READS_LIFETIMES[0] || (major === READS_LIFETIMES[0] && minor < READS_LIFETIMES[1]);
}
