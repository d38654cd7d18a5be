const FIRST_MS = 50;
const MAX_MS = 2_000;
/** A connection that lasted this long was a good one: what ends it is a new outage. */
const STABLE_MS = 1_000;

export interface BackOff {
  /** How long to wait before the next attempt, in ms. */
  next(): number;
  /** A connection ended that was usable for so long (0: it never was). */
  ended(usableMs: number): void;
}

/**
 * Waits between attempts to connect: 50 ms doubling to 2 s, so that a server that comes back is noticed soon, each
 * shortened at random by up to half, so that processes do not come back all at once.
 */
export function createBackOff(random: () => number = Math.random): BackOff {
  let attempts = 0;
  return {
    next() {
      const fullMs = Math.min(FIRST_MS * 2 ** attempts, MAX_MS);
      attempts += 1;
      return fullMs * (0.5 + random() / 2);
    },
    ended(usableMs) {
      if (usableMs >= STABLE_MS) attempts = 0;
    },
  };
}
