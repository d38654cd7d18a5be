/** How often, of late, Redis had nothing usable of a kind. */
export interface Absences {
  note(kind: string, isAbsent: boolean): void;
  /** Nearly always. */
  areUsual(kind: string): boolean;
}

/** Of the last look-up; those before it count ever less. */
const WEIGHT = 1 / 8;
const USUAL_SHARE = 0.8;

export function createAbsences(): Absences {
  /** Kinds are written in code: there are few. */
  const shares = new Map<string, number>();
  const shareOf = (kind: string) => shares.get(kind) ?? 0;
  return {
    note(kind, isAbsent) {
      const share = shareOf(kind);
      shares.set(kind, share + ((isAbsent ? 1 : 0) - share) * WEIGHT);
    },
    areUsual: (kind) => shareOf(kind) >= USUAL_SHARE,
  };
}
