import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';
import { lifetimes } from './src/server/lifetimes.ts';

const repository = join(import.meta.dirname, '..', '..');

const handlers = join(repository, 'packages', 'next-cache-handler', 'dist');

/** Next loads cache handlers by path and as they are, so they must have been compiled. */
function cacheHandlers(phase: string): NextConfig {
  if (existsSync(join(handlers, 'incremental.js'))) {
    const useCache = join(handlers, 'use-cache.js');
    return {
      cacheHandler: join(handlers, 'incremental.js'),
      cacheHandlers: { default: useCache, remote: useCache },
      // The handler has a memory tier of its own, which hears of invalidations; Next's would not.
      cacheMaxMemorySize: 0,
    };
  }
  const missing = 'The cache handler is not built. Build it: pnpm --filter @tbi/next-cache-handler build';
  if (phase !== PHASE_DEVELOPMENT_SERVER) throw new Error(missing);
  console.warn(`${missing}. Until then Next's own cache is used.`);
  return {};
}

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
  {
    // Scripts are not restricted: a nonce for each response would make pages uncacheable.
    key: 'Content-Security-Policy',
    value: "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  },
];

export default function config(phase: string): NextConfig {
  return {
    ...cacheHandlers(phase),
    cacheComponents: true,
    partialPrefetching: true,
    cacheLife: lifetimes,
    headers: async () => [{ source: '/:path*', headers: securityHeaders }],
    // Types are checked by `pnpm lint`, for the whole repository at once.
    typescript: { ignoreBuildErrors: true },
    outputFileTracingRoot: repository,
    turbopack: { root: repository },
    poweredByHeader: false,
  };
}
