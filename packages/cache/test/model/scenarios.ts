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
      budget: { invalidate: 2, 'invalidate-other': 1, compute: 2 },
      by: { compute: [1], 'invalidate-other': [1] },
    },
    needs: ['stamp-at-begin', 'own-append-keeps-cursor'],
  },
  {
    name: 'a SET that runs late',
    settings: {
      processes: 2,
      budget: { invalidate: 1, compute: 2, 'late-set': 1, 'evict-entry': 1 },
      by: { invalidate: [0], compute: [1], 'late-set': [1] },
    },
    needs: ['late-set-loses'],
  },
  {
    name: 'a reader that is cut off',
    settings: {
      processes: 2,
      budget: { invalidate: 1, compute: 1, cut: 1, tick: 2 },
      by: { invalidate: [0], compute: [1], cut: [1] },
    },
    needs: ['head-compared', 'proof-of-sync'],
  },
  {
    name: 'a stale mark and an expiry of one tag',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'invalidate-stale': 1, crash: 1, tick: 1 },
      by: { invalidate: [0], 'invalidate-stale': [0], crash: [1] },
    },
    needs: ['expire-survives-stale'],
  },
  {
    name: 'records trimmed before they were read',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'invalidate-other': 1, compute: 1, trim: 1 },
      by: { invalidate: [0], 'invalidate-other': [0], compute: [1] },
    },
    needs: ['gap-checked'],
  },
  {
    name: 'states dropped under a floor',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'invalidate-other': 1, compute: 1, crash: 1 },
      by: { 'invalidate-other': [0], compute: [1], crash: [1] },
      maxTagStates: 1,
    },
    needs: ['floor-checked'],
  },
  {
    name: 'keys of the log evicted',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'invalidate-other': 1, compute: 1, 'evict-log': 1 },
      by: { invalidate: [0], 'invalidate-other': [1], compute: [1] },
    },
    needs: ['random-epoch'],
  },
  {
    name: 'keys of the log evicted before a process starts',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'evict-log': 1, crash: 1 },
      by: { invalidate: [0], crash: [1] },
    },
    needs: [],
  },
  {
    name: 'an older snapshot restored',
    settings: {
      processes: 2,
      budget: { invalidate: 1, compute: 1, crash: 1, snapshot: 1, restore: 1 },
      by: { invalidate: [0], compute: [1], crash: [1] },
    },
    needs: ['run-id-in-epoch'],
  },
  {
    name: 'an old master that lives on',
    settings: {
      processes: 2,
      budget: { invalidate: 1, compute: 1, failover: 1, 'cut-both': 2 },
      by: { invalidate: [0], compute: [1] },
      split: true,
    },
    needs: ['recent-replayed'],
  },
  {
    name: 'Redis away',
    settings: {
      processes: 2,
      budget: { invalidate: 1, 'lost-reply': 1, compute: 1, 'second-caller': 1, hang: 1, crash: 1 },
      by: { invalidate: [0], compute: [0], crash: [0] },
    },
    needs: ['pending-held', 'spool-replayed', 'join-what-stands', 'own-append-shows'],
  },
  {
    name: 'two writers of one tag',
    settings: { processes: 2, budget: { write: 2, abort: 1, compute: 1 }, by: { compute: [0], abort: [1] } },
    needs: ['marks-withhold', 'marks-per-writer'],
  },
  {
    name: 'a writer that dies',
    settings: {
      processes: 2,
      budget: { write: 1, compute: 1, crash: 1, tick: 1 },
      by: { write: [0], compute: [1], crash: [0] },
      forGood: true,
    },
    needs: ['mark-ends-by-record', 'reap-expires'],
  },
  {
    name: 'a write while Redis loses everything',
    settings: {
      processes: 2,
      budget: { write: 1, compute: 1, flush: 1 },
      by: { write: [0], compute: [1] },
    },
    needs: ['secured-before-commit'],
  },
  {
    name: 'a write while Redis is away',
    settings: {
      processes: 2,
      budget: { write: 1, 'invalidate-other': 1, hang: 1, crash: 1 },
      by: { write: [0], 'invalidate-other': [0], crash: [0] },
    },
    needs: ['spool-keeps-unmarked-writes'],
  },
  {
    name: 'the states read anew while the log moves',
    settings: {
      processes: 2,
      budget: { write: 1, invalidate: 1, 'invalidate-other': 1, trim: 1 },
      by: { write: [0], invalidate: [0], 'invalidate-other': [0] },
      slowReload: true,
    },
    needs: ['marks-loaded', 'position-before-states'],
  },
  {
    name: 'the states read anew while the log is lost',
    settings: {
      processes: 2,
      budget: { write: 1, 'invalidate-other': 1, trim: 2 },
      by: { write: [0], 'invalidate-other': [0] },
      slowReload: true,
    },
    needs: ['log-read-after-states'],
  },
];

/** Larger worlds, in which only some paths can be followed. */
export const WIDE: readonly Omit<Scenario, 'needs'>[] = [
  {
    name: 'everything on one server after the other',
    settings: {
      processes: 3,
      budget: {
        invalidate: 4,
        'invalidate-stale': 2,
        'invalidate-other': 3,
        'lost-reply': 3,
        compute: 8,
        'second-caller': 3,
        'late-set': 2,
        'evict-entry': 2,
        'evict-log': 2,
        flush: 1,
        trim: 2,
        snapshot: 2,
        restore: 2,
        failover: 1,
        cut: 4,
        'cut-both': 2,
        hang: 2,
        crash: 4,
        write: 5,
        abort: 2,
        tick: 12,
      },
      maxTagStates: 2,
      slowReload: true,
    },
  },
  {
    name: 'an old master that lives on',
    settings: {
      processes: 3,
      budget: {
        invalidate: 4,
        'invalidate-other': 2,
        compute: 6,
        failover: 2,
        'cut-both': 6,
        cut: 4,
        tick: 6,
      },
      slowReload: true,
      split: true,
    },
  },
];
