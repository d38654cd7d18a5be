import { getEngine } from '@tbi/next-cache-handler';
import { sessionsHealth, watchSessions } from './auth/session-store.ts';
import { database } from './database.ts';
import { environment } from './env.ts';
import { logError, logger } from './log.ts';
import { pageFingerprint } from './page-fingerprint.ts';
import { siteUrl } from './site.ts';
import { startOperations } from './start-operations.ts';

/** Where the cache handler, which Next loads apart from the app, looks for the fingerprint of the data in use. */
const fingerprintSlot = Symbol.for('@tbi/next-cache-handler/fingerprint');

/**
 * What happens once when a server starts, before its first request. Waits for nothing: the site starts
 * without its database and its Redis.
 *
 * @throws `ERR_ENV`: a site with a wrong environment does not start.
 */
export function start(): void {
  const { runtime, auth } = environment();
  if (runtime.building) return;
  startOperations();
  Reflect.set(globalThis, fingerprintSlot, fingerprintInUse());
  watchSessions();
  // Made before any request, so that no request's context hangs on it; from now on it follows the log.
  getEngine().stamp();
  // In development the script that starts the server has said it already.
  if (!runtime.production) return;
  logger().info(
    `cache: ${describeCache()}, database: ${database().describe()}, sessions: ${sessionsHealth().kept}`,
  );
  if (auth.url === undefined) {
    logger().info(`NEXTAUTH_URL is not set: canonical links and the sitemap point to ${siteUrl()}`);
  }
}

async function fingerprintInUse(): Promise<string> {
  try {
    return await pageFingerprint(database(), siteUrl());
  } catch (error) {
    logError(
      'Prerendered pages are not used, because the database cannot be compared with that of the build',
      error,
    );
    return 'unknown';
  }
}

function describeCache(): string {
  const { redis } = environment().redis;
  if (redis === null) return 'in memory';
  if (redis.mode === 'standalone') return `Redis at ${redis.host}:${redis.port}`;
  return redis.mode === 'sentinel' ? `Redis behind Sentinel (${redis.name})` : 'Redis Cluster';
}
