import type { Stamp } from '@tbi/cache';
import { nextNowMs } from './next-clock.ts';

/**
 * Where this process stood at which moment. Next tells when the generation of a `'use cache'` value began, so the
 * stamp of that moment is the value's: exact also when several generations of one key overlap.
 */
export interface StampHistory {
  /** This process stands at `stamp` now. */
  note(stamp: Stamp): void;
  /** The stamp that this process had at that time of Next's clock or before it. Undefined: not known. */
  at(timeMs: number): Stamp | undefined;
}

interface Moment {
  readonly timeMs: number;
  readonly stamp: Stamp;
}

export function createStampHistory(maxMoments = 4096, nowMs: () => number = nextNowMs): StampHistory {
  let moments: Moment[] = [];

  return {
    note(stamp) {
      const last = moments.at(-1)?.stamp;
      if (last?.epoch === stamp.epoch && last.position === stamp.position) return;
      moments.push({ timeMs: nowMs(), stamp });
      // Half of the older ones are enough: an earlier stamp than necessary is always safe.
      if (moments.length > maxMoments) {
        moments = moments.filter((_, index) => index > maxMoments / 2 || index % 2 === 0);
      }
    },
    at(timeMs) {
      let low = 0;
      let high = moments.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((moments[middle]?.timeMs ?? 0) <= timeMs) low = middle + 1;
        else high = middle;
      }
      return moments[low - 1]?.stamp;
    },
  };
}
