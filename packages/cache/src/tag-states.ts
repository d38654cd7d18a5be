import { maxPosition, type Position, ZERO } from './position.ts';

/**
 * What the log says of one tag. An entry at position p is unusable when `expirePos > p`; when `stalePos > p` it is
 * stale until `staleDeadlineMs` (Redis time) and unusable from then on.
 */
export interface TagState {
  readonly expirePos: Position;
  readonly stalePos: Position;
  readonly staleDeadlineMs: number;
}

export const UNTOUCHED: TagState = {
  expirePos: ZERO,
  stalePos: ZERO,
  staleDeadlineMs: Number.POSITIVE_INFINITY,
};

/**
 * Joins two states of one tag: commutative, associative, idempotent, so that records and reloads may arrive in any
 * order. The stale pair with the later position wins as a whole: the append script, the only writer, has already
 * folded its predecessors into it.
 */
export function joinTagStates(a: TagState, b: TagState): TagState {
  const stale = a.stalePos >= b.stalePos ? a : b;
  return {
    expirePos: maxPosition(a.expirePos, b.expirePos),
    stalePos: stale.stalePos,
    staleDeadlineMs: stale.staleDeadlineMs,
  };
}

/** The next state after `stale` at `position`: an earlier deadline stays in force, one that has passed becomes an `expire`. */
export function markStale(
  state: TagState,
  position: Position,
  nowMs: number,
  expireAfterMs: number,
): TagState {
  const open = state.stalePos > state.expirePos;
  const passed = open && state.staleDeadlineMs <= nowMs;
  const deadlineMs = nowMs + expireAfterMs;
  return {
    expirePos: passed ? state.stalePos : state.expirePos,
    stalePos: position,
    staleDeadlineMs: open && !passed ? Math.min(state.staleDeadlineMs, deadlineMs) : deadlineMs,
  };
}

export interface TagStates {
  readonly size: number;
  /** Entries below it are unusable: states that might concern them were dropped. */
  readonly floor: Position;
  get(tag: string): TagState | undefined;
  all(): Iterable<readonly [tag: string, state: TagState]>;
  join(tag: string, state: TagState): void;
  /** Drops the states that the floor now covers. */
  raiseFloor(floor: Position): void;
  /** Over `maxStates`, drops the older half and raises the floor over it. */
  trim(maxStates: number): void;
  clear(): void;
}

export function createTagStates(): TagStates {
  const states = new Map<string, TagState>();
  let floor = ZERO;
  const latest = (state: TagState) => maxPosition(state.expirePos, state.stalePos);

  function raiseFloor(to: Position) {
    if (to <= floor) return;
    floor = to;
    for (const [tag, state] of states) if (latest(state) <= floor) states.delete(tag);
  }

  return {
    get size() {
      return states.size;
    },
    get floor() {
      return floor;
    },
    get: (tag) => states.get(tag),
    all: () => states.entries(),
    join(tag, state) {
      if (latest(state) <= floor) return;
      const known = states.get(tag);
      states.set(tag, known === undefined ? state : joinTagStates(known, state));
    },
    raiseFloor,
    trim(maxStates) {
      if (states.size <= maxStates) return;
      const positions = [...states.values()].map(latest).sort((a, b) => (a < b ? -1 : 1));
      raiseFloor(positions[positions.length >> 1] ?? ZERO);
    },
    clear() {
      states.clear();
      floor = ZERO;
    },
  };
}
