import 'server-only';
import { createDatabase, type Database, type PrismaClient } from '@tbi/database';
import { environment } from './env.ts';
import { failFast } from './fail-fast.ts';
import { processSlot } from './process-slot.ts';

/** The database of this process: while the site is built, the build's own. Nothing is opened before the first query. */
export function database(): Database {
  return processSlot('database', () => {
    const { database: urls, runtime } = environment();
    return createDatabase(runtime.building ? urls.buildUrl : urls.url);
  });
}

/**
 * Runs queries. Every query of the site goes through here, so that a database that is away delays the first
 * requests by seconds and the others not at all.
 *
 * @throws `ERR_DATABASE_UNAVAILABLE` when the database cannot be reached.
 */
export function withDatabase<T>(run: (client: PrismaClient) => Promise<T>): Promise<T> {
  return guard()(() => run(database().client));
}

function guard() {
  return processSlot('database-guard', () =>
    // A build renders hundreds of pages at a time, and queues its queries.
    failFast({ deadlineMs: environment().runtime.building ? 60_000 : 5_000, pauseMs: 1_000 }),
  );
}
