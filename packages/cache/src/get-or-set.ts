import {
  type Computation,
  type ComputeParts,
  createComputeOnce,
  lifetimeOf,
  type Turn,
} from './compute-once.ts';
import { currentScope, noteUse } from './compute-scope.ts';
import { tryDecode } from './decode.ts';
import { createEarlyTurns } from './early-turns.ts';
import type { Flights, Landed } from './flights.ts';
import { judge } from './freshness.ts';
import { TAG_REASONS } from './store.ts';
import type { Entry, GetOrSetOptions, Lifetime, Lookup, Resolved, Stamp } from './types.ts';

interface Usable<T> {
  readonly entry: Entry;
  readonly lookup: Lookup;
  readonly value: T;
}
type Found<T> = Usable<T> | { readonly entry: null; readonly lookup: Lookup };

export type LocalOptions<T> = Pick<GetOrSetOptions<T>, 'codec' | 'softTags'>;

export interface GetOrSet {
  /** What this process's own copy answers without asking anybody. Null: it has to be resolved. */
  resolveLocal<T>(id: string, options: LocalOptions<T>): Resolved<T> | null;
  /** Read, or compute once for everybody who asks meanwhile, on all processes. */
  resolve<T>(computation: Wanted<T>): Promise<Resolved<T>>;
}

type Wanted<T> = Omit<Computation<T>, 'ticket'>;

export function createGetOrSet(parts: ComputeParts & { readonly flights: Flights }): GetOrSet {
  const { backend, store, flights, emit } = parts;
  const { computeOnce, computeAlone, takeTurn, giveUpTurn } = createComputeOnce(parts);
  const earlyTurns = createEarlyTurns(takeTurn);

  function resolveLocal<T>(id: string, { softTags, codec }: LocalOptions<T>): Resolved<T> | null {
    const lookup = store.getLocal(id, softTags ?? []);
    if (lookup === null || lookup.entry === null || lookup.stale) return null;
    const { entry } = lookup;
    const decoded = tryDecode(codec, entry.payload);
    return decoded && use({ entry, lookup, value: decoded.value });
  }

  async function resolve<T>(computation: Wanted<T>): Promise<Resolved<T>> {
    const { id, kind, options } = computation;
    const turn = backend.shared && !flights.has(id) ? earlyTurns.ask(kind, id) : undefined;
    const found = await find(computation);
    earlyTurns.note(kind, id, found.entry === null);
    const { lookup } = found;
    if (found.entry !== null && !lookup.stale) {
      void turn?.then(giveUpTurn);
      return use(found);
    }
    // What is computed from outdated values would look fresh: inside a computation the newer value is waited for.
    const alone = currentScope() === undefined;
    const lifetime = found.entry === null ? null : lifetimeOf(options, found.value);
    const asked =
      found.entry === null
        ? { ...computation, absent: lookup.reason === 'absent' }
        : { ...computation, previous: found.value };
    if (found.entry !== null && alone && mayServeStale(found.entry, lookup, lifetime)) {
      refresh(asked, turn).catch(() => {});
      return use(found);
    }
    try {
      const landed = await refresh(asked, turn);
      noteResult(landed);
      const { value, entry, stored } = landed;
      return { value, tier: 'origin', reason: lookup.reason, stale: false, entry: stored ? entry : null };
    } catch (error) {
      if (found.entry === null || !isWithin(found.entry, lifetime?.staleIfErrorMs)) throw error;
      taint();
      return use(found);
    }
  }

  async function find<T>({ id, options }: Wanted<T>): Promise<Found<T>> {
    const lookup = await store.get(id, options.softTags ?? []);
    const { entry } = lookup;
    if (entry === null) return { entry, lookup };
    const decoded = tryDecode(options.codec, entry.payload);
    if (decoded !== null) return { entry, lookup, value: decoded.value };
    const missed = { entry: null, stale: false, tier: 'origin', reason: 'undecodable' } as const;
    return { entry: null, lookup: { ...lookup, ...missed } };
  }

  async function refresh<T>(wanted: Wanted<T>, turn?: Promise<Turn>): Promise<Landed<T>> {
    let unused = turn;
    const ticket = parts.openTicket();
    const computation = { ...wanted, ticket };
    const nested = currentScope() !== undefined;
    if (nested) ticket.letIn();
    const landing = flights.run(computation.id, {
      nested,
      letIn: ticket.letIn,
      stamp: () => backend.view.stamp(),
      compute() {
        const own = unused;
        unused = undefined;
        return computeOnce(computation, own);
      },
      computeAlone: () => computeAlone(computation),
      validAt: (entry, arrival) => isValidAt(entry, arrival, computation.options.softTags ?? []),
      overtaken: (entry) => isOvertaken(entry, computation.options.softTags ?? []),
    });
    // Another one of this process computes, and may be waiting for the turn.
    void unused?.then(giveUpTurn);
    unused = undefined;
    const landed = await landing;
    const { kind, key } = computation;
    if (landed.joined) emit({ type: 'compute', kind, key, outcome: 'joined', durationMs: 0 });
    return landed;
  }

  /** A tag marked stale asks for one more serving whatever the value's window; a passed TTL asks the value's. */
  function mayServeStale(entry: Entry, lookup: Lookup, lifetime: Lifetime | null): boolean {
    if (lifetime === null || lifetime.mustRevalidate) return false;
    return lookup.reason === 'stale-tag' || isWithin(entry, lifetime.staleWhileRevalidateMs);
  }

  function isWithin(entry: Entry, windowMs = 0): boolean {
    return backend.nowMs() < entry.createdMs + entry.freshForMs + windowMs;
  }

  function isValidAt(entry: Entry, arrival: Stamp, softTags: readonly string[]): boolean {
    return arrival.epoch === entry.stamp.epoch && judge(entry, softTags, store.knowledge).reason === 'fresh';
  }

  /** An invalidation that waits for Redis, or an own one ahead of unread records, moves no position. */
  function isOvertaken(entry: Entry, softTags: readonly string[]): boolean {
    const { epoch } = entry.stamp;
    if (epoch !== backend.view.stamp().epoch) return true;
    // As long as it is not known which epoch this is, what waits for Redis counts all the same.
    return TAG_REASONS.has(judge(entry, softTags, { ...store.knowledge, epoch }).reason);
  }

  return { resolveLocal, resolve };
}

function use<T>({ entry, lookup, value }: Usable<T>): Resolved<T> {
  noteUse(entry);
  return { value, tier: lookup.tier, reason: lookup.reason, stale: lookup.stale, entry };
}

function noteResult<T>({ entry }: Landed<T>) {
  if (entry === null) taint();
  else noteUse(entry);
}

function taint() {
  const scope = currentScope();
  if (scope !== undefined) scope.tainted = true;
}
