import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend, ComputeLease } from './backend.ts';
import { type ComputeScope, currentScope, runInScope } from './compute-scope.ts';
import { tryDecode } from './decode.ts';
import type { CacheEvent } from './events.ts';
import type { Landed } from './flights.ts';
import type { Ticket } from './limiter.ts';
import type { Store } from './store.ts';
import type { GetOrSetOptions, Lifetime, SetOptions, SetResult } from './types.ts';

export interface ComputeLimits {
  /** How long one process may compute a key alone. Default 10 s. */
  readonly leaseMs: number;
  /** How long another waits for its result before it computes by itself. Default 5 s. */
  readonly maxWaitMs: number;
}

export interface ComputeParts {
  readonly backend: Backend;
  readonly store: Store;
  readonly limits: ComputeLimits;
  /** Settles when this process's own invalidations have been recorded. Null: they have. */
  readonly recording: () => Promise<unknown> | null;
  /** Bounds the computations of this process. */
  readonly openTicket: () => Ticket;
  readonly defaultTtlMs: number;
  readonly emit: (event: CacheEvent) => void;
  readonly random: () => number;
}

/** What is computed: an entry's name, how to compute it, and how to keep it. */
export interface Computation<T> {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly compute: (previous: T | null) => Promise<T>;
  /** To a place among the computations of this process. */
  readonly ticket: Ticket;
  /** The outdated value that the lookup found. */
  readonly previous?: T;
  /** The lookup found nothing stored. */
  readonly absent?: boolean;
  readonly options: GetOrSetOptions<T>;
}

/** The right to compute a key alone. `taken`: another one has it. Null: Redis cannot say, so that everybody may. */
export type Turn = ComputeLease | 'taken' | null;

interface Offered {
  readonly payload: Buffer;
  readonly options: SetOptions;
}

interface Computed<T> {
  readonly value: T;
  /** Null: not to be stored. */
  readonly offered: Offered | null;
  /** The value may be given to nobody else. */
  readonly isOwn: boolean;
}

const FIRST_POLL_MS = 10;
const MAX_POLL_MS = 100;
const DEFAULT_JITTER = 0.1;

/** The lifetime of a value, computed or stored. */
export function lifetimeOf<T>(options: GetOrSetOptions<T>, value: T): Lifetime | null {
  return options.lifetime === undefined ? options : options.lifetime(value);
}

/** Computes and stores a value while no other process does; a process that comes second waits for the first one's. */
export function createComputeOnce(parts: ComputeParts) {
  const { backend, store, limits, emit, random } = parts;

  /** @param turn Asked for before a read that found nothing. Given up here in the end. */
  async function computeOnce<T>(computation: Computation<T>, turn?: Promise<Turn>): Promise<Landed<T>> {
    if (!backend.shared) return inTurn(computation);
    let lease = await turn;
    const deadlineMs = performance.now() + limits.maxWaitMs;
    for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, MAX_POLL_MS)) {
      if (lease === undefined) {
        // Both commands leave together, the lease first: whoever held it before has stored what this read finds.
        const leasing = takeTurn(computation.id);
        const found = await fresh(computation);
        lease = await leasing;
        if (found !== null) {
          giveUpTurn(lease);
          emit({ type: 'compute', ...nameOf(computation), outcome: 'waited', durationMs: 0 });
          return found;
        }
      }
      if (lease !== 'taken' || performance.now() >= deadlineMs) return inTurn(computation, lease);
      lease = undefined;
      await sleep(pollMs * (0.5 + random() / 2));
    }
  }

  async function fresh<T>({ id, options }: Computation<T>): Promise<Landed<T> | null> {
    const { entry, stale } = await store.get(id, options.softTags ?? []);
    const decoded = entry === null || stale ? null : tryDecode(options.codec, entry.payload);
    return entry === null || decoded === null ? null : { value: decoded.value, entry, stored: true };
  }

  async function takeTurn(id: string): Promise<Turn> {
    try {
      return (await backend.acquire(id, limits.leaseMs)) ?? 'taken';
    } catch {
      return null;
    }
  }

  function giveUpTurn(turn: Turn) {
    if (turn !== 'taken') turn?.release().catch(() => {});
  }

  async function inTurn<T>(computation: Computation<T>, turn: Turn = null): Promise<Landed<T>> {
    try {
      const recording = backend.synced() ? parts.recording() : null;
      // What begins before an own invalidation is recorded would count as older than it, and not be kept.
      if (recording !== null) await recording;
      const { value, offered, isOwn } = await computation.ticket.run(() => compute(computation));
      if (offered === null) return { value, entry: null, stored: false, own: isOwn };
      const over = computation.absent ? 'likely-nothing' : 'older';
      const storing = store.set(computation.id, offered.payload, offered.options, over);
      const told = storing.result.then((result) => tellStored(computation, offered, result));
      // Who comes next finds the value: the store was sent before the turn is given up.
      const stored = computation.options.storeBehind ? true : (await told).stored;
      return { value, entry: storing.entry, stored };
    } finally {
      giveUpTurn(turn);
    }
  }

  async function compute<T>(computation: Computation<T>): Promise<Computed<T>> {
    const outer = currentScope();
    const stamp = backend.view.stamp();
    const beganAtMs = Date.now();
    const { options } = computation;
    const { scope, value: pending } = runInScope(() => timed(computation), options.detached ?? false);
    const value = await pending;
    const lifetime = lifetimeOf(options, value);
    if (scope.tainted || lifetime === null) {
      if (outer !== undefined) outer.tainted = true;
      return { value, offered: null, isOwn: lifetime === null };
    }
    const ownTags = typeof options.tags === 'function' ? options.tags(value) : (options.tags ?? []);
    const freshForMs = freshMs(lifetime, options, scope);
    const { staleWhileRevalidateMs = 0, staleIfErrorMs = 0, keepPreviousMs = 0 } = lifetime;
    const keepForMs = freshForMs + Math.max(staleWhileRevalidateMs, staleIfErrorMs, keepPreviousMs);
    const tags = [...ownTags, ...scope.tags];
    const payload = options.codec.encode(value);
    const offered = { payload, options: { stamp, tags, freshForMs, keepForMs, beganAtMs } };
    return { value, offered, isOwn: false };
  }

  function tellStored<T>(computation: Computation<T>, { payload, options }: Offered, result: SetResult) {
    const outcome = result.stored ? 'stored' : result.reason;
    const { length: bytes } = payload;
    emit({ type: 'store', ...nameOf(computation), outcome, bytes, tags: [...new Set(options.tags)] });
    return result;
  }

  /** What the caller asks for, less the jitter, and no longer than the shortest-lived part. */
  function freshMs<T>(lifetime: Lifetime, options: GetOrSetOptions<T>, scope: ComputeScope): number {
    const fullMs = lifetime.ttlMs ?? parts.defaultTtlMs;
    const jittered = fullMs * (1 - random() * (options.jitter ?? DEFAULT_JITTER));
    return Math.max(0, Math.min(jittered, scope.freshUntilMs - backend.nowMs()));
  }

  async function timed<T>(computation: Computation<T>): Promise<T> {
    const startedMs = performance.now();
    let outcome: 'computed' | 'failed' = 'failed';
    try {
      const value = await computation.compute(computation.previous ?? null);
      outcome = 'computed';
      return value;
    } finally {
      const durationMs = performance.now() - startedMs;
      emit({ type: 'compute', ...nameOf(computation), outcome, durationMs });
    }
  }

  const computeAlone = <T>(computation: Computation<T>) => inTurn(computation);
  return { computeOnce, computeAlone, takeTurn, giveUpTurn };
}

const nameOf = <T>({ kind, key }: Computation<T>) => ({ kind, key });
