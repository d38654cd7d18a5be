import type { Backend } from './backend.ts';
import type { ComputeLimits } from './compute-once.ts';
import { noteTags } from './compute-scope.ts';
import { cacheError, codeOf } from './errors.ts';
import { createEventSource } from './events.ts';
import { createFlights } from './flights.ts';
import { createGetOrSet } from './get-or-set.ts';
import { createInspector } from './inspector.ts';
import { canonicalTag, entryId, kindTag, uniqueTags } from './keys.ts';
import { createL1 } from './l1.ts';
import { createLimiter } from './limiter.ts';
import { createOutbox } from './outbox.ts';
import { createSpool } from './spool.ts';
import { createStore } from './store.ts';
import { createTagHolds } from './tag-holds.ts';
import type { Cache, Claim, InvalidateOptions, Lookup, Resolved } from './types.ts';
import { createWriteLeases } from './write-leases.ts';

export interface CacheOptions {
  /** `memoryBackend()` for one process, `redisBackend(…)` for any number. */
  readonly backend: Backend;
  /** What this process keeps in its own memory. 0: nothing. Default 64 MiB. */
  readonly l1MaxBytes?: number;
  /** Applies where neither the caller nor a framework gives a lifetime. Default one hour. */
  readonly defaultTtlMs?: number;
  /** Larger entries are not stored. Default 16 MiB. */
  readonly maxEntryBytes?: number;
  /** Tags whose invalidation waits for Redis; above it they collapse to a new epoch. Default 10,000. */
  readonly maxPendingTags?: number;
  readonly compute?: Partial<ComputeLimits>;
  /** Computations of `getOrSet` at a time in this process. Default 32. */
  readonly maxComputations?: number;
  /** How long a database write may be silent before it counts as committed by a process that died. Default 5 s. */
  readonly writeLeaseMs?: number;
  /**
   * Where invalidations that Redis could not take survive this process: a folder of this key prefix's own, which the
   * app's processes on this machine share. Null: they do not. Default null.
   */
  readonly spoolFolder?: string | null;
  /** For tests. Default `Math.random`. */
  readonly random?: () => number;
}

const DEFAULTS = {
  l1MaxBytes: 64 * 1024 * 1024,
  defaultTtlMs: 3_600_000,
  maxEntryBytes: 16 * 1024 * 1024,
  maxPendingTags: 10_000,
  maxComputations: 32,
  writeLeaseMs: 5_000,
  spoolFolder: null,
  compute: { leaseMs: 10_000, maxWaitMs: 5_000 },
};

/** How long closing waits for invalidations that Redis has not taken yet. */
const CLOSE_FLUSH_MS = 1_000;

/** Nobody else is known who could compute. */
const ALONE: Claim = { release() {} };

/** One engine a process: every adapter takes this one. Nothing is opened before the first use. */
export function createCache(options: CacheOptions): Cache {
  const resolved = { ...DEFAULTS, random: Math.random, ...options };
  const { backend } = resolved;
  const events = createEventSource();
  const { emit } = events;
  const reportError = (operation: string) => (error: unknown) =>
    emit({ type: 'error', operation, code: codeOf(error) });

  const l1 = createL1(resolved.l1MaxBytes);
  const flights = createFlights();
  const onError = reportError('invalidate');
  const spool =
    resolved.spoolFolder === null ? null : createSpool(resolved.spoolFolder, reportError('spool'));
  const unmarked = createTagHolds();
  const outbox = createOutbox({
    backend,
    maxPendingTags: resolved.maxPendingTags,
    spool,
    unmarked,
    onError,
  });
  const leases = createWriteLeases({
    backend,
    outbox,
    holds: unmarked,
    spool,
    leaseMs: resolved.writeLeaseMs,
    onError,
  });
  const store = createStore({
    ...resolved,
    l1,
    emit,
    isPending: (tag) => outbox.isPending(tag) || unmarked.has(tag),
    onBeingWritten: leases.reapOverdue,
  });
  const { resolveLocal, resolve } = createGetOrSet({
    ...resolved,
    store,
    flights,
    emit,
    recording: outbox.recording,
    openTicket: createLimiter(resolved.maxComputations),
    limits: { ...DEFAULTS.compute, ...options.compute },
  });

  const inspector = createInspector({ backend, l1, knowledge: store.knowledge });
  const kindTags = new Map<string, readonly string[]>();

  /** Kinds are written in code: there are few. */
  function softTagsOf(kind: string, softTags: readonly string[] = []): readonly string[] {
    const own = kindTags.get(kind) ?? [kindTag(kind)];
    kindTags.set(kind, own);
    return softTags.length === 0 ? own : [...own, ...softTags.map(canonicalTag)];
  }

  function looked<R extends Lookup | Resolved<unknown>>(
    kind: string,
    key: string,
    result: R,
    startedMs: number,
  ) {
    const { tier, reason } = result;
    emit({ type: 'lookup', kind, key, tier, reason, durationMs: performance.now() - startedMs });
    return result;
  }

  let started = false;
  let closed = false;

  function start() {
    if (closed) throw cacheError('ERR_CACHE_CLOSED', 'The cache was used after close().');
    if (started) return;
    started = true;
    outbox.start();
    backend.start({
      onEpoch(epoch) {
        l1.clear();
        emit({ type: 'epoch', epoch });
        outbox.replayRecent();
        leases.replay();
      },
      onApplied: (record, lagMs) =>
        emit({ type: 'applied', position: record.position, tags: record.tags.map(([tag]) => tag), lagMs }),
      onOverwritten: (id) => l1.delete(id),
      onReload: (durationMs) => emit({ type: 'reload', tagStates: backend.view.tags.size, durationMs }),
      onWritable: outbox.resume,
      onError: (operation, error) => reportError(operation)(error),
    });
  }

  return {
    events,
    inspector,
    stamp() {
      start();
      return backend.view.stamp();
    },
    nowMs: () => backend.nowMs(),
    toLocalMs: (redisMs) => Date.now() - (backend.nowMs() - redisMs),

    async get(kind, key, { softTags } = {}) {
      start();
      const startedMs = performance.now();
      const id = entryId(kind, key);
      const allSoftTags = softTagsOf(kind, softTags);
      const lookup = store.getLocal(id, allSoftTags) ?? (await store.get(id, allSoftTags));
      return looked(kind, key, lookup, startedMs);
    },

    async set(kind, key, payload, setOptions) {
      start();
      const { entry, result: storing } = store.set(entryId(kind, key), payload, setOptions);
      const result = await storing;
      const outcome = result.stored ? 'stored' : result.reason;
      emit({ type: 'store', kind, key, outcome, bytes: payload.length, tags: entry.tags });
      return result;
    },

    async getOrSet(kind, key, compute, getOrSetOptions) {
      start();
      const startedMs = performance.now();
      const computation = {
        id: entryId(kind, key),
        kind,
        key,
        compute,
        options: { ...getOrSetOptions, softTags: softTagsOf(kind, getOrSetOptions.softTags) },
      };
      const resolution = resolveLocal(computation.id, computation.options) ?? (await resolve(computation));
      return looked(kind, key, resolution, startedMs);
    },

    getLocal(kind, key, { codec, softTags }) {
      if (closed) return null;
      start();
      const startedMs = performance.now();
      const found = resolveLocal(entryId(kind, key), { codec, softTags: softTagsOf(kind, softTags) });
      return found && looked(kind, key, found, startedMs);
    },

    async claim(kind, key, ttlMs) {
      start();
      if (!backend.shared) return ALONE;
      try {
        const lease = await backend.acquire(entryId(kind, key), ttlMs);
        return lease && { release: () => void lease.release().catch(reportError('release')) };
      } catch {
        return ALONE;
      }
    },

    dependOn: noteTags,

    async invalidate(tags, invalidation = {}) {
      const unique = tagsOf(tags);
      if (closed) spool?.add(unique);
      start();
      const mode = modeOf(invalidation);
      const position = await outbox.send(unique, mode);
      emit({ type: 'invalidate', tags: unique, mode: mode.mode, position });
      const pending = position === null && unique.length > 0;
      if (pending && invalidation.require) {
        throw cacheError(
          'ERR_CACHE_NOT_RECORDED',
          'Redis did not record the invalidation; it will be retried.',
        );
      }
      return { position, pending };
    },

    async beginWrite(tags) {
      if (!closed) start();
      return leases.begin(tagsOf(tags));
    },

    async sync() {
      start();
      return backend.sync();
    },

    stats: () => ({
      epoch: backend.view.epoch,
      position: backend.view.cursor,
      synced: backend.synced(),
      l1: { entries: l1.entries, bytes: l1.bytes, maxBytes: l1.maxBytes },
      tagStates: backend.view.tags.size,
      pendingInvalidations: outbox.size,
      computing: flights.size,
    }),

    async close() {
      if (closed) return;
      closed = true;
      await outbox.close(CLOSE_FLUSH_MS);
      l1.clear();
      await backend.close();
    },
  };
}

const tagsOf = (tags: readonly string[]) => uniqueTags(tags).filter((tag) => tag !== '');

function modeOf(options: InvalidateOptions) {
  if (options.mode !== 'stale') return { mode: 'expire' } as const;
  const { expireAfterMs } = options;
  return expireAfterMs > 0 ? ({ mode: 'stale', expireAfterMs } as const) : ({ mode: 'expire' } as const);
}
