import type { Turn } from './compute-once.ts';

/**
 * Turns that are asked for together with the value, where hardly anything is found: a miss then takes one trip to Redis
 * before the computation instead of two.
 */
export interface EarlyTurns {
  /** Before a look-up. Undefined: what is looked up is likely to be there, or another caller has asked. */
  ask(kind: string, id: string): Promise<Turn> | undefined;
  /** After that look-up. */
  note(kind: string, id: string, isAbsent: boolean): void;
}

/** Of the last look-up in the share of those that found nothing; those before it count ever less. */
const WEIGHT = 1 / 8;
const USUAL_SHARE = 0.8;

export function createEarlyTurns(takeTurn: (id: string) => Promise<Turn>): EarlyTurns {
  /** Kinds are written in code: there are few. */
  const absentShares = new Map<string, number>();
  /** Keys of which a caller has asked, and does not know yet whether it needs the turn. */
  const asking = new Set<string>();
  const absentShareOf = (kind: string) => absentShares.get(kind) ?? 0;
  return {
    ask(kind, id) {
      if (asking.has(id) || absentShareOf(kind) < USUAL_SHARE) return undefined;
      asking.add(id);
      return takeTurn(id);
    },
    note(kind, id, isAbsent) {
      asking.delete(id);
      const share = absentShareOf(kind);
      absentShares.set(kind, share + ((isAbsent ? 1 : 0) - share) * WEIGHT);
    },
  };
}
