import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NextConfig } from 'next';
import { lifetimes } from './src/server/lifetimes.ts';
import { securityHeaders } from './src/server/security-headers.ts';

const repository = join(import.meta.dirname, '..', '..');

const handlers = join(repository, 'packages', 'next-cache-handler', 'dist');

/** Next loads cache handlers by path and as they are, so they must have been compiled. */
function cacheHandler(name: string): string {
  const path = join(handlers, name);
  if (existsSync(path)) return path;
  throw new Error(
    'The cache handlers are not built. Build them: pnpm --filter @tbi/next-cache-handler build',
  );
}

export default function config(): NextConfig {
  const useCache = cacheHandler('use-cache.js');
  return {
    cacheHandler: cacheHandler('incremental.js'),
    cacheHandlers: { default: useCache, remote: useCache },
    // The handlers have a memory tier of their own, which hears of invalidations; Next's would not.
    cacheMaxMemorySize: 0,
    // Everything that a server needs in one folder; scripts/build.ts completes it.
    output: 'standalone',
    cacheComponents: true,
    partialPrefetching: true,
    cacheLife: lifetimes,
    headers: async () => [
      {
        source: '/:path*',
        headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
      },
    ],
    // Types are checked by `pnpm lint`, for the whole repository at once.
    typescript: { ignoreBuildErrors: true },
    outputFileTracingRoot: repository,
    turbopack: { root: repository },
    // Nginx does it; and nonces are put into responses on their way out (src/serve).
    compress: false,
    poweredByHeader: false,
    // `pnpm dev` opened by its number: Next would refuse its hot reload to another host than localhost.
    allowedDevOrigins: ['127.0.0.1'],
  };
}
