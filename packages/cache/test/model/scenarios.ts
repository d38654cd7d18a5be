import type { Rule } from './rules.ts';
import type { Settings } from './world.ts';

export interface Scenario {
  readonly name: string;
  readonly settings: Settings;
  /** Rules without which something goes wrong here. */
  readonly needs: readonly Rule[];
}

/** Small worlds, each around one part of the protocol, each explored completely. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'invalidations overtake computations',
    settings: {
      processes: 2,
      budget: { invalidate: 2, 'invalidate-other': 1, compute: 2, 'late-set': 1, tick: 1 },
      by: { compute: [1], 'invalidate-other': [1], 'late-set': [1] },
    },
    needs: ['stamp-at-begin', 'own-append-keeps-cursor', 'head-compared', 'late-set-loses'],
  },
];
