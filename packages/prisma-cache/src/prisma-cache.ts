import { createHash } from 'node:crypto';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Invalidation } from '@tbi/cache';
import { createAnnouncements } from './announcements.ts';
import { dropCacheArgument, type Passing } from './cache-argument.ts';
import { internalsOf } from './client-internals.ts';
import type { CacheExtension } from './extension.ts';
import { checkOptions, checkReadOptions, type PrismaCacheOptions, type ReadOptions } from './options.ts';
import { type ClientInternals, type Extensions, isObject, type RequestHandler } from './protocol.ts';
import { createReadContexts, type ReadReport } from './read-context.ts';
import { cacheReads } from './reads.ts';
import { createSayOnce } from './say-once.ts';
import { createStatements } from './statements.ts';
import { createTables } from './tables.ts';
import { tapFactory } from './tap.ts';
import { createWritten } from './write-tags.ts';

export interface QueryCache {
  /** Around the adapter that the client is made with: sees every write, from wherever in the client it comes. */
  adapter(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory;
  /** For `$extends` of that client: its reads are cached from there on. */
  readonly extension: CacheExtension;
  /** Caches the raw reads that `run` makes. `tables`: models or tables that they depend on, besides those they name. */
  raw<T>(
    declared: { readonly tables: readonly string[] } & ReadOptions,
    run: () => PromiseLike<T>,
  ): Promise<T>;
  /** Runs reads and tells where their results came from. */
  explain<T>(
    run: () => PromiseLike<T>,
  ): Promise<{ readonly value: T; readonly reads: readonly ReadReport[] }>;
  /** After a write that the client has not made: expires everything that was read from these models or tables. */
  invalidate(tables: readonly string[]): Promise<Invalidation>;
}

const DEFAULT_TTL_S = 60;
const PROVIDERS = new Set(['mysql', 'sqlite']);

/**
 * Caches what a Prisma client reads, and expires it with what any client of this cache writes. See docs/prisma-cache.md.
 *
 * @throws {TypeError} for wrong options.
 */
export function prismaCache(options: PrismaCacheOptions): QueryCache {
  checkOptions(options);
  const { cache, enabled = true, replicaHoldOffMs } = options;
  const say = createSayOnce(options.warn ?? console.warn);
  const tables = createTables(options.models ?? {});
  const statements = createStatements({ onUnknownSql: options.onUnknownSql, say });
  const announcements = createAnnouncements({ cache, holdOffMs: replicaHoldOffMs ?? 0, say });
  const contexts = createReadContexts();
  const patched = new WeakSet<RequestHandler>();
  let provider: string | null = null;

  /** Marks the clients that were extended, for requests to be told by. */
  const mark = Symbol(name);

  function attach(client: unknown, { handler, dataModel }: ClientInternals) {
    if (patched.has(handler)) return;
    patched.add(handler);
    tables.use({ dataModel });
    const schema = createHash('sha256').update(JSON.stringify(dataModel)).digest('base64url');
    const refusal = refusalOf(client);
    if (refusal !== null) say('refused', refusal);
    cacheReads(handler, {
      cache,
      contexts,
      dataModel,
      tables,
      statements,
      schema,
      say,
      provider: () => provider ?? 'mysql',
      ttlMs: (options.ttl ?? DEFAULT_TTL_S) * 1000,
      mayCache: () => enabled && refusal === null,
      isExtended: ({ extensions }) => mark in (extensions.getAllClientExtensions() ?? {}),
      scope: typeof options.scope === 'function' ? options.scope : () => String(options.scope ?? ''),
      onDependencies: options.onDependencies,
    });
  }

  /** Why nothing may be cached. Null: it may. */
  function refusalOf(client: unknown): string | null {
    if (provider === null) {
      return 'Nothing is cached: the client was not made with the adapter of this cache, so that its writes stay unseen.';
    }
    if (!PROVIDERS.has(provider)) {
      return `Nothing is cached: of ${provider}, it is not known how to see what is written.`;
    }
    const replicas = options.readReplicas ?? (isObject(client) && '$replica' in client);
    if (!replicas || replicaHoldOffMs !== undefined) return null;
    return 'Nothing is cached: a replica may have old rows after a write. Set replicaHoldOffMs to how long.';
  }

  function extension(client: ExtensibleClient) {
    const internals = internalsOf(client);
    if (internals === null) {
      say(
        'internals',
        'This version of Prisma has other internals than those that are known: nothing is cached.',
      );
      return client.$extends({ name, query: { $allOperations: dropCacheArgument } });
    }
    attach(client, internals);
    const extended = client.$extends({ name, client: { [mark]: true } });
    if (internals.extensions.isEmpty()) passBy(internalsOf(extended)?.extensions);
    return extended;
  }

  return {
    adapter(factory) {
      provider = factory.provider;
      return tapFactory(factory, {
        tables,
        statements,
        announcements,
        singleStatements: options.singleStatements ?? 'lease',
        say,
      });
    },
    // Prisma calls it with the client that it is given to; what it returns has the types that are declared for it.
    extension: extension as unknown as CacheExtension,
    async raw({ tables: names, ...readOptions }, run) {
      checkReadOptions(readOptions);
      return contexts.surround({ raw: { tables: names, options: readOptions } }, async () => run());
    },
    async explain(run) {
      const reads: ReadReport[] = [];
      const value = await contexts.surround({ report: (report) => reads.push(report) }, async () => run());
      return { value, reads };
    },
    invalidate(names) {
      const written = createWritten(tables);
      written.addTables(names);
      return cache.invalidate(written.tags());
    },
  };
}

const name = 'prisma-cache';

interface ExtensibleClient {
  $extends(extension: {
    name: string;
    client?: Record<PropertyKey, unknown>;
    query?: { $allOperations(passing: Passing): PromiseLike<unknown> };
  }): unknown;
}

/**
 * This extension has nothing that Prisma would have to call. Where it is the only one, Prisma may take the way of a
 * client without any: otherwise it copies all arguments and visits every row of every result. Later extensions make a
 * list of their own.
 */
function passBy(own: Extensions | undefined) {
  if (own !== undefined) own.isEmpty = () => true;
}
