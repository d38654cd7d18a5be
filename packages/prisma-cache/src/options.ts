import type { Cache } from '@tbi/cache';

/**
 * How one read is cached. Times in seconds. Reads of the same query share a result only where these are the same: else
 * it would not expire as each of them says.
 */
export interface ReadOptions {
  /** Fresh for this long, above 0. Default: the model's, then `ttl` of `prismaCache`. Not to be cached: `cache: false`. */
  readonly ttl?: number;
  /** After `ttl`, the old result is served for this long while one process reads a new one. Default 0. */
  readonly staleWhileRevalidate?: number;
  /** After `ttl`, the old result is served for this long when the database fails. Default 0. */
  readonly staleIfError?: number;
  /** Tags besides those of the tables: whatever else should expire the result. */
  readonly tags?: readonly string[];
}

/** What the database's catalogue and the schema do not say of a model, or of a table without one. */
export interface ModelOptions {
  /** False: its reads, and those that touch it, are cached only where a read asks for it. Default true. */
  readonly cache?: boolean;
  /** Seconds. */
  readonly ttl?: number;
  /** Columns whose changes expire nothing, such as a view counter: what is cached shows them as they were. */
  readonly untracked?: readonly string[];
  /** Tables that change with this one through triggers. */
  readonly alsoWrites?: readonly string[];
  /** Of a view: the tables that it shows. */
  readonly readsFrom?: readonly string[];
}

export interface PrismaCacheOptions {
  /** The engine of this process. */
  readonly cache: Cache;
  /** Seconds for which results are fresh. A write makes them unusable at once, whatever is left. Default 60. */
  readonly ttl?: number;
  /**
   * False: results are neither looked up nor stored. Writes are announced and dependencies reported all the same, so
   * that what else is computed from the database stays right. Default true.
   */
  readonly enabled?: boolean;
  /** By the names of models, or of tables without a model. */
  readonly models?: Readonly<Record<string, ModelOptions>>;
  /**
   * Tells databases apart that share a Redis prefix, and tenants that a query does not show, such as those of a session
   * variable: what it returns is part of every key. Default: none.
   */
  readonly scope?: string | (() => string);
  /**
   * What a statement writes that cannot be understood, such as CALL: the tables, or `everything`. Default `everything`,
   * which is logged once.
   */
  readonly onUnknownSql?: (sql: string) => readonly string[] | 'everything';
  /**
   * `lease`: a single statement is announced and then executed. `transaction`: it is also wrapped in a transaction of
   * its own, so that nothing of it can take effect after this process died. Costs two round trips. Default `lease`.
   */
  readonly singleStatements?: 'lease' | 'transaction';
  /** True: reads may go to replicas. Default: whether the client has `$replica`. */
  readonly readReplicas?: boolean;
  /** For how long after a write replicas may still have the old rows, in ms. Without it, replicas exclude caching. */
  readonly replicaHoldOffMs?: number;
  /** Called with the tags of everything that a read depends on, in the async context of the read, hit or miss. */
  readonly onDependencies?: (tags: readonly string[]) => void;
  /** Takes what is worth knowing, each once. Default `console.warn`. */
  readonly warn?: (message: string) => void;
}

/** @throws {TypeError} that names every wrong option. */
export function checkOptions(options: PrismaCacheOptions): void {
  const problems = [...wrongTtl('ttl', options.ttl)];
  for (const [name, model] of Object.entries(options.models ?? {})) {
    problems.push(...wrongTtl(`models.${name}.ttl`, model.ttl));
  }
  if (options.replicaHoldOffMs !== undefined && !(options.replicaHoldOffMs >= 0)) {
    problems.push('replicaHoldOffMs must be a number of milliseconds');
  }
  if (problems.length > 0) throw new TypeError(`prismaCache: ${problems.join('; ')}`);
}

/** @throws {TypeError} that names every wrong option. */
export function checkReadOptions({ ttl, staleWhileRevalidate, staleIfError }: ReadOptions): void {
  const problems = wrongTtl('ttl', ttl).map((problem) => `${problem} (cache: false reads from the database)`);
  for (const [name, value] of Object.entries({ staleWhileRevalidate, staleIfError })) {
    if (value !== undefined && !(value >= 0)) problems.push(`${name} must be a number of seconds`);
  }
  if (problems.length > 0) throw new TypeError(`\`cache\` of a query: ${problems.join('; ')}`);
}

const wrongTtl = (name: string, value: number | undefined) =>
  value === undefined || value > 0 ? [] : [`${name} must be a number of seconds above 0`];
