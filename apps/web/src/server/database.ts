import 'server-only';
import { createDatabase, type Database, Prisma } from '@tbi/database';
import { getEngine } from '@tbi/next-cache-handler';
import { prismaCache, type QueryCache } from '@tbi/prisma-cache';
import { environment } from './env.ts';
import { failFast } from './fail-fast.ts';
import { guardAdapter } from './guard-adapter.ts';
import { logger } from './log.ts';
import { processSlot } from './process-slot.ts';
import { tagCurrentScope } from './tag-current-scope.ts';
import { meansUnavailable, unavailableError } from './unavailable.ts';

interface Opened {
  readonly database: Database;
  readonly queryCache: QueryCache;
  readonly client: ReturnType<typeof extend>;
}

/** Prisma's client, with `cache` among the arguments of its reads. */
export type Client = Opened['client'];

function opened(): Opened {
  return processSlot('database', open);
}

/** What it writes is announced to the cache whether or not the results of queries are cached. */
function open(): Opened {
  const { database: urls, prismaCache: settings, runtime } = environment();
  const queryCache = prismaCache({
    cache: getEngine(),
    enabled: settings.enabled && !runtime.building,
    ttl: settings.ttlMs / 1000,
    warn: (message) => logger().warn(message),
    scope: () => database.describe(),
    models: uncachedModels(),
    onDependencies: tagCurrentScope,
  });
  const database = createDatabase(runtime.building ? urls.buildUrl : urls.url, {
    wrapAdapter: (adapter) => guardAdapter(queryCache.adapter(adapter), guard),
  });
  return { database, queryCache, client: extend(database, queryCache) };
}

/** What is everybody's to see. All other models, those to come among them, are kept only where a query asks for it. */
const PUBLIC_MODELS: ReadonlySet<string> = new Set([
  'Category',
  'CategoryTranslation',
  'Region',
  'RegionTranslation',
  'Report',
  'ReportTranslation',
  'ReportRegion',
] satisfies Prisma.ModelName[]);

function uncachedModels() {
  const names = Object.values(Prisma.ModelName).filter((name) => !PUBLIC_MODELS.has(name));
  return Object.fromEntries(names.map((name) => [name, { cache: false }]));
}

const extend = ({ client }: Database, { extension }: QueryCache) => client.$extends(extension);

/** The database of this process: while the site is built, the build's own. Nothing is opened before the first query. */
export function database(): Database {
  return opened().database;
}

/**
 * Runs queries. Every query of the site goes through here, so that a database that is away delays the first
 * requests by seconds and the others not at all. Results that the query cache has need no database.
 *
 * @throws `ERR_DATABASE_UNAVAILABLE` when the database cannot be reached.
 */
export function withDatabase<T>(run: (client: Client) => Promise<T>): Promise<T> {
  return orUnavailable(() => run(opened().client));
}

/** The same, and tells where the results came from: the database, this process's memory (`l1`), Redis (`l2`). */
export function explainDatabase<T>(run: (client: Client) => Promise<T>) {
  return orUnavailable(() => opened().queryCache.explain(() => run(opened().client)));
}

async function orUnavailable<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw meansUnavailable(error) ? unavailableError(error) : error;
  }
}

function guard() {
  return processSlot('database-guard', () =>
    // A build renders hundreds of pages at a time, and queues its queries.
    failFast({ deadlineMs: environment().runtime.building ? 60_000 : 5_000, pauseMs: 1_000 }),
  );
}
