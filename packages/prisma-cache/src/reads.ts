import type { Cache, Codec, Reason, Resolved, Tier } from '@tbi/cache';
import { decodeAnswer, encodeAnswer } from './answer-codec.ts';
import { type CacheOption, takeCacheArgument } from './cache-argument.ts';
import { createKeptResults } from './kept-results.ts';
import type { ReadOptions } from './options.ts';
import { isObject, isRequest, type PrismaRequest, type RequestHandler } from './protocol.ts';
import { digest } from './query-key.ts';
import { type DescribeParts, describeRead, type Read } from './read.ts';
import type { ReadContext, ReadContexts } from './read-context.ts';
import type { SayOnce } from './say-once.ts';

export interface ReadsParts extends DescribeParts {
  readonly cache: Cache;
  readonly contexts: ReadContexts;
  readonly ttlMs: number;
  /** Whether the request comes from a client that was extended. */
  readonly isExtended: (request: PrismaRequest) => boolean;
  /** False: every read goes to the database; what depends on it is told all the same. */
  readonly mayCache: () => boolean;
  /** Part of every key. */
  readonly scope: () => string;
  readonly schema: string;
  readonly onDependencies: ((tags: readonly string[]) => void) | undefined;
  readonly say: SayOnce;
}

/** An answer in JSON; null for one that JSON would not give back as it was, which is for its own caller alone. */
type Stored = Buffer | null;

/** The entry's own bytes, which stay the same object for as long as the entry is in memory. */
const BYTES: Codec<Stored> = {
  encode: (json) => json ?? Buffer.alloc(0),
  decode: (payload) => payload,
};

/** Puts the cache before Prisma's request handler, behind every extension of the client. */
export function cacheReads(handler: RequestHandler, parts: ReadsParts): void {
  const { cache, contexts, say } = parts;
  const request = handler.request;
  const mapResult = handler.mapQueryEngineResult;
  const kept = createKeptResults();
  /** Takes an answer of the database on its way to becoming a result, which changes it. */
  const takers = new WeakMap<PrismaRequest, (data: unknown) => void>();
  let understood = true;

  handler.mapQueryEngineResult = function (read, answer) {
    takers.get(read)?.(answer.data);
    return mapResult.call(this, read, answer);
  };

  handler.request = function (given) {
    if (understood && !isRequest(given)) giveUp();
    if (understood && !parts.isExtended(given)) return request.call(this, given);
    try {
      const { request: read, option } = takeCacheArgument(given);
      return understood ? answer(read, option) : request.call(this, read);
    } catch (error) {
      return Promise.reject(error);
    }
  };

  function answer(read: PrismaRequest, option: CacheOption): Promise<unknown> {
    const context = contexts.current();
    const described = describeRead(read, context, parts);
    if (described === null) return request.call(handler, read);
    const options = parts.mayCache() ? optionsOf(described, option) : null;
    const key = options === null ? null : keyOf(read, described, options);
    return options === null || key === null
      ? bypass(read, described, context)
      : resolve(key, read, described, options, context);
  }

  function giveUp() {
    understood = false;
    say('internals', 'This version of Prisma works in another way than is known: nothing is cached.');
  }

  function keyOf(read: PrismaRequest, { declared }: Read, options: ReadOptions): string | null {
    const { clientMethod, dataPath, protocolQuery } = read;
    const query = [parts.scope(), parts.schema, clientMethod, dataPath, protocolQuery];
    const rules = rulesOf(options, declared?.tables);
    const key = digest(rules === null ? query : [...query, rules]);
    if (key === null) say('argument', 'A query has an argument that cannot be compared; it is not cached.');
    return key;
  }

  /** From the database, with what it answered before Prisma made a result of it. */
  async function fetch<T>(
    read: PrismaRequest,
    take: (data: unknown) => T,
  ): Promise<{ value: unknown; taken: T }> {
    let taken: { readonly of: T } | undefined;
    takers.set(read, (data) => {
      taken = { of: take(data) };
    });
    const value = await request.call(handler, read);
    if (taken !== undefined) return { value, taken: taken.of };
    giveUp();
    return { value, taken: take(undefined) };
  }

  async function bypass(read: PrismaRequest, described: Read, context: ReadContext): Promise<unknown> {
    let tags = described.tags();
    try {
      const { value, taken } = await fetch(read, (data) => described.tags(data));
      tags = taken;
      return value;
    } finally {
      cache.dependOn(tags);
      finish(described, context, tags, 'origin', 'bypass');
    }
  }

  async function resolve(
    key: string,
    read: PrismaRequest,
    described: Read,
    options: ReadOptions,
    context: ReadContext,
  ): Promise<unknown> {
    let own: { readonly value: unknown; readonly tags: readonly string[] } | undefined;
    const compute = async (): Promise<Stored> => {
      const { value, taken } = await fetch(read, (data) => ({
        json: encodeAnswer(data),
        tags: [...described.tags(data), ...(options.tags ?? [])],
      }));
      own = { value, tags: taken.tags };
      return taken.json;
    };
    let found: Resolved<Stored>;
    try {
      found = await lookUp(key, compute, () => own?.tags ?? [], described, options);
    } catch (error) {
      if (isClosed(error)) return bypass(read, described, context);
      const known = described.tags();
      cache.dependOn(known);
      noteDependencies(known);
      throw error;
    }
    const { value: json, tier, reason, entry } = found;
    if (own !== undefined && tier === 'origin') {
      if (json === null) cache.dependOn(own.tags);
      finish(described, context, own.tags, tier, reason);
      return own.value;
    }
    if (json === null) return bypass(read, described, context);
    finish(described, context, entry?.tags ?? described.tags(decodeAnswer(json)), tier, reason);
    if (tier !== 'l1') return resultOf(read, decodeAnswer(json));
    if (read.unpacker === undefined) return kept.take(json, () => resultOf(read, decodeAnswer(json)));
    // What an unpacker makes of the answer is for its own caller; the answer is for all.
    const data = kept.take(json, () => decodeAnswer(json));
    return resultOf(read, data);
  }

  function resultOf(read: PrismaRequest, data: unknown): unknown {
    return mapResult.call(handler, read, { data });
  }

  function lookUp(
    key: string,
    compute: () => Promise<Stored>,
    tags: () => readonly string[],
    described: Read,
    options: ReadOptions,
  ): Promise<Resolved<Stored>> {
    const ttl = options.ttl ?? described.ttl;
    const lifetime = {
      ttlMs: ttl === undefined ? parts.ttlMs : ttl * 1000,
      staleWhileRevalidateMs: (options.staleWhileRevalidate ?? 0) * 1000,
      // A record that is not there is an answer of the database, and no failure.
      staleIfErrorMs: described.throwsWhenAbsent ? 0 : (options.staleIfError ?? 0) * 1000,
    };
    return cache.getOrSet('prisma', key, compute, {
      codec: BYTES,
      tags,
      storeBehind: true,
      lifetime: (json) => (json === null ? null : lifetime),
    });
  }

  function finish(
    { model, operation }: Read,
    { report }: ReadContext,
    tags: readonly string[],
    tier: Tier,
    reason: Reason,
  ) {
    noteDependencies(tags);
    report?.({ model, operation, source: tier === 'origin' ? 'database' : tier, reason });
  }

  function noteDependencies(tags: readonly string[]) {
    try {
      parts.onDependencies?.(tags);
    } catch {
      say(
        'onDependencies',
        'onDependencies failed; what it should have taken depends on less than it was made of.',
      );
    }
  }
}

/** How this read is cached. Null: not. */
function optionsOf(described: Read, option: CacheOption): ReadOptions | null {
  if (option === false || !described.isCacheable) return null;
  return option ?? described.declared?.options ?? (described.byDefault ? {} : null);
}

/**
 * What makes the entry of one read unfit for another that asks the same: when it expires. Null: nothing was said, so
 * that it expires as all others do.
 */
function rulesOf(
  { ttl, staleWhileRevalidate, staleIfError, tags = NO_NAMES }: ReadOptions,
  tables = NO_NAMES,
): readonly unknown[] | null {
  const given = ttl ?? staleWhileRevalidate ?? staleIfError;
  if (given === undefined && tags.length === 0 && tables.length === 0) return null;
  const lifetime = [ttl ?? null, staleWhileRevalidate ?? null, staleIfError ?? null];
  return [lifetime, inOrder(tags), inOrder(tables)];
}

const NO_NAMES: readonly string[] = [];
const inOrder = (names: readonly string[]) => [...new Set(names)].sort();

const isClosed = (error: unknown) => isObject(error) && error.code === 'ERR_CACHE_CLOSED';
