import type { CacheEventSource } from './events.ts';
import type { Inspector } from './inspector.ts';
import type { Position } from './position.ts';
import type { Reason, Tier } from './reasons.ts';

/**
 * Where this process stood when it began to compute a value: the pair (epoch, position), captured together.
 * Store a value with the stamp taken before its computation read anything, never with a later one.
 */
export interface Stamp {
  /** Hex digest of Redis's epoch field and the server's run id. Compared for equality only. */
  readonly epoch: string;
  readonly position: Position;
}

/** A stored value with everything that decides whether it may be used. Immutable; L1 hands out the same object. */
export interface Entry {
  readonly stamp: Stamp;
  /** Redis time (ms since 1970) at which the computation began. */
  readonly beganMs: number;
  /** Redis time (ms since 1970) from which the lifetimes below count. */
  readonly createdMs: number;
  /** Fresh for this long after `createdMs`. */
  readonly freshForMs: number;
  /** Usable (stale after `freshForMs`) for this long after `createdMs`. */
  readonly keepForMs: number;
  readonly tags: readonly string[];
  /** Raw bytes. Shared between callers: never write to it. */
  readonly payload: Buffer;
}

export interface Lookup {
  /** The entry when it may be used; `stale` says whether somebody should compute a newer one. */
  readonly entry: Entry | null;
  readonly stale: boolean;
  readonly tier: Tier;
  readonly reason: Reason;
  /** Taken before anything was read: the stamp for the value that the caller computes after a miss. */
  readonly stamp: Stamp;
}

export interface GetOptions {
  /** Tags that count for this read although the entry does not carry them (Next's soft tags). */
  readonly softTags?: readonly string[];
}

export interface SetOptions {
  /** Where the process stood when the computation began. A value without a stamp cannot be stored. */
  readonly stamp: Stamp;
  readonly tags?: readonly string[];
  /** Default: `defaultTtlMs` of the cache. */
  readonly freshForMs?: number;
  /** Default: `freshForMs`. Values above 30 days (also `Infinity`) are stored for 30 days. */
  readonly keepForMs?: number;
  /** Local time (ms since 1970) at which the computation began. Default: now. */
  readonly beganAtMs?: number;
  /** Local time (ms since 1970) from which the lifetimes count. Default: now. */
  readonly createdAtMs?: number;
  /** Store only where nothing is stored. For values prepared elsewhere, such as a build's output. */
  readonly onlyIfAbsent?: boolean;
}

/** `stored` in L1 and, when there is one, sent to L2; otherwise why not. Never rejects. */
export type SetResult =
  | { readonly stored: true }
  | { readonly stored: false; readonly reason: Reason | 'too-large' | 'present' };

export interface Codec<T> {
  encode(value: T): Buffer;
  decode(payload: Buffer): T;
}

/** How long a computed value may be used. */
export interface Lifetime {
  /** Fresh for this long. Default: `defaultTtlMs` of the cache. */
  readonly ttlMs?: number;
  /** After `ttlMs`, serve the old value for this long while one process computes a new one. Default 0. */
  readonly staleWhileRevalidateMs?: number;
  /** After `ttlMs`, serve the old value for this long when computing fails. Default 0. */
  readonly staleIfErrorMs?: number;
  /** After `ttlMs`, keep the old value for this long as the `previous` of the next computation. Default 0. */
  readonly keepPreviousMs?: number;
  /** Never served stale, not even once when one of its tags is marked stale. Default false. */
  readonly mustRevalidate?: boolean;
}

export interface GetOrSetOptions<T> extends GetOptions, Lifetime {
  readonly codec: Codec<T>;
  /** Tags of the value, or a function that reads them off the computed value. */
  readonly tags?: readonly string[] | ((value: T) => readonly string[]);
  /**
   * Reads the lifetime off the value, computed or stored, instead of taking the one above. Null: the value is for the
   * caller whose computation made it; it is not stored, and everybody who waited for it computes, all at once.
   */
  readonly lifetime?: (value: T) => Lifetime | null;
  /**
   * Runs the computation outside of the caller's async context, so that nothing of one request can get into a value for
   * all. Default false.
   */
  readonly detached?: boolean;
  /**
   * Gives the value to its callers while it is being stored, which spares them a trip to Redis. Whoever asks another
   * process at once may still wait for it there, and `entry` does not tell whether Redis took it. Default false.
   */
  readonly storeBehind?: boolean;
  /** Shortens each stored `ttlMs` by a random part up to this fraction, so that entries do not expire together. Default 0.1. */
  readonly jitter?: number;
}

export interface Resolved<T> {
  readonly value: T;
  /** How the value was found: `origin` when it was computed for this call. */
  readonly tier: Tier;
  readonly reason: Reason;
  readonly stale: boolean;
  /** The value as it is stored; null when it is not. */
  readonly entry: Entry | null;
}

/** `expire`: unusable now. `stale`: served once more while one process refreshes, unusable `expireAfterMs` later. */
export type InvalidateOptions =
  | { readonly mode?: 'expire'; readonly require?: boolean }
  | { readonly mode: 'stale'; readonly expireAfterMs: number; readonly require?: boolean };

export interface Invalidation {
  /** The record's place in the log; null while `pending`. */
  readonly position: Position | null;
  /** True when Redis could not record it: it holds in this process and is sent again until it is recorded. */
  readonly pending: boolean;
}

/**
 * The announcement of a database write. Until it ends, its tags are neither served nor stored, by any process; if this
 * process dies, Redis ends it when the lease is over, as if the write had been committed. It renews itself.
 */
export interface WriteLease {
  /** Makes sure of the lease right before COMMIT. False: Redis could not be asked; this process and its disk remember. */
  renew(): Promise<boolean>;
  /** After a COMMIT that succeeded. */
  commit(): Promise<Invalidation>;
  /** Only after a ROLLBACK that succeeded: nothing has changed. */
  abort(): Promise<void>;
  /** When the outcome is unknown: the lease runs out, and then counts as committed. */
  abandon(): void;
}

/** The right to compute a value, for a while, alone among all processes. */
export interface Claim {
  /** The value is stored, or will not be. */
  release(): void;
}

export interface CacheStats {
  readonly epoch: string | null;
  readonly position: Position;
  readonly synced: boolean;
  readonly l1: { readonly entries: number; readonly bytes: number; readonly maxBytes: number };
  readonly tagStates: number;
  readonly pendingInvalidations: number;
  readonly computing: number;
}

export interface Cache {
  /**
   * Looks a key up. Never rejects: a failing Redis is a miss with a reason, after at most one deadline.
   * `kind` labels events and metrics and separates keyspaces: keys of two kinds never meet.
   */
  get(kind: string, key: string, options?: GetOptions): Promise<Lookup>;
  set(kind: string, key: string, payload: Buffer, options: SetOptions): Promise<SetResult>;
  /**
   * Computes once for all concurrent callers on all processes. Rejects only with the computation's own error.
   *
   * @param compute Gets the outdated value, if there still is one: it may turn out to be right still.
   */
  getOrSet<T>(
    kind: string,
    key: string,
    compute: (previous: T | null) => Promise<T>,
    options: GetOrSetOptions<T>,
  ): Promise<Resolved<T>>;
  /**
   * What this process's own memory answers, fresh, at once. Null: `getOrSet` has to find out; only an answer counts as
   * a lookup.
   */
  getLocal<T>(
    kind: string,
    key: string,
    options: GetOptions & { readonly codec: Codec<T> },
  ): Resolved<T> | null;
  /**
   * For a computation that somebody else runs (`getOrSet` has a claim of its own): null while another process has the
   * claim. Ends by itself after `ttlMs`. Never rejects: without Redis everybody may compute.
   */
  claim(kind: string, key: string, ttlMs: number): Promise<Claim | null>;
  /**
   * Tells the computation of `getOrSet` around the caller, if there is one, that it read something outside of the
   * cache: its entry gets these tags, as it gets those of the entries that it uses. To be called before or after the
   * read, at any time before the computation ends.
   */
  dependOn(tags: readonly string[]): void;
  /**
   * Makes every copy of every entry that carries one of the tags unusable (or stale), on every process.
   * Resolves when recorded and applied here. Rejects only with `{ require: true }`, code `ERR_CACHE_NOT_RECORDED`.
   */
  invalidate(tags: readonly string[], options?: InvalidateOptions): Promise<Invalidation>;
  /** Announces a database write, before its COMMIT. Never rejects. */
  beginWrite(tags: readonly string[]): Promise<WriteLease>;
  /** Where this process stands now. Take it before the first read of a computation. */
  stamp(): Stamp;
  /** Waits until this process has read the log up to now, at most one deadline. False when it could not. */
  sync(): Promise<boolean>;
  stats(): CacheStats;
  /** Redis's clock now, in ms since 1970, from the measured offset; the local clock without Redis. */
  nowMs(): number;
  /** The local time (ms since 1970) that corresponds to a Redis time. */
  toLocalMs(redisMs: number): number;
  readonly events: CacheEventSource;
  readonly inspector: Inspector;
  /** Ends everything, after at most a second that invalidations which wait for Redis get to be recorded. */
  close(): Promise<void>;
}
