import type { Entry, Stamp } from './types.ts';

/** What a computation ended with: the value and, when one was made, the entry that was offered to the store. */
export interface Landed<T> {
  readonly value: T;
  readonly entry: Entry | null;
  readonly stored: boolean;
  /** The value may be given to nobody else. Default false. */
  readonly own?: boolean;
}

interface Flight {
  readonly number: number;
  readonly stamp: Stamp;
  readonly landed: Promise<Landed<unknown>>;
  letIn(): void;
}

export interface FlightPlan<T> {
  /** The caller computes something itself, and holds a place meanwhile. */
  readonly nested: boolean;
  /** Where this process stands now. */
  stamp(): Stamp;
  /** Takes its own stamp before it reads anything, never an earlier one. */
  compute(): Promise<Landed<T>>;
  /** The computation needs no place any more: one that has a place waits for it. */
  letIn(): void;
  /** The same without a regard for others: the value that was waited for belongs to somebody else. */
  computeAlone(): Promise<Landed<T>>;
  /** Whether an entry computed earlier is still right for a caller that arrived at `arrival`. */
  validAt(entry: Entry, arrival: Stamp): boolean;
  /** Whether something that the log does not show at that point has made the entry unusable since. */
  overtaken(entry: Entry): boolean;
}

export interface Flights {
  readonly size: number;
  has(id: string): boolean;
  /**
   * Runs the computation of a key, or joins one that is under way. One that began before the caller arrived is joined
   * only if its result is valid at the position at which the caller arrived (read your own writes).
   */
  run<T>(id: string, plan: FlightPlan<T>): Promise<Landed<T> & { readonly joined: boolean }>;
}

/** The computations of this process that are under way, at most one current one a key. */
export function createFlights(): Flights {
  const flights = new Map<string, Flight>();
  let launched = 0;

  function launch<T>(id: string, plan: FlightPlan<T>): Promise<Landed<T>> {
    const stamp = plan.stamp();
    const landed = plan.compute().finally(() => {
      if (flights.get(id)?.landed === landed) flights.delete(id);
    });
    launched += 1;
    flights.set(id, { number: launched, stamp, landed, letIn: plan.letIn });
    return landed;
  }

  return {
    get size() {
      return flights.size;
    },
    has: (id) => flights.has(id),
    async run<T>(id: string, plan: FlightPlan<T>) {
      const arrival = plan.stamp();
      const launchedBefore = launched;
      let flight = flights.get(id);
      while (flight !== undefined) {
        if (plan.nested) flight.letIn();
        const result = (await flight.landed) as Landed<T>;
        if (result.own) return { ...(await plan.computeAlone()), joined: false };
        const beganLater = flight.number > launchedBefore;
        if (beganLater || isRight(result.entry, flight, arrival, plan)) return { ...result, joined: true };
        const next = flights.get(id);
        flight = next === flight ? undefined : next;
      }
      return { ...(await launch(id, plan)), joined: false };
    },
  };
}

/** Without an entry nothing tells which tags the value depends on: it is right only for those who asked before it began. */
function isRight<T>(entry: Entry | null, flight: Flight, arrival: Stamp, plan: FlightPlan<T>): boolean {
  if (entry === null) return false;
  if (isSamePoint(flight.stamp, arrival)) return !plan.overtaken(entry);
  return plan.validAt(entry, arrival);
}

const isSamePoint = (a: Stamp, b: Stamp) => a.epoch === b.epoch && a.position === b.position;
