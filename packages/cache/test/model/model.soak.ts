import { describe, expect, it } from 'vitest';
import { explore, print } from './explore.ts';
import { SCENARIOS, WIDE } from './scenarios.ts';
import { walk } from './walk.ts';
import type { Settings } from './world.ts';

const WALK_FOR_MS = 10 * 60_000;
const WALK_STEPS = 300;
const MOST_STATES = 1_000_000;

/** Each thing may happen once more, by whom it may. */
function deeper(settings: Settings): Settings {
  const budget = Object.entries(settings.budget).map(([kind, times]) => [kind, times + 1]);
  return { ...settings, budget: Object.fromEntries(budget) };
}

describe('the protocol, deeper', () => {
  it.each(SCENARIOS)('$name, everything once more', ({ settings }) => {
    const { violation } = explore(deeper(settings), null, MOST_STATES);
    expect(violation && print(violation)).toBeNull();
  });

  it.each(WIDE)('long random paths: $name', ({ settings }) => {
    const untilMs = performance.now() + WALK_FOR_MS;
    for (let seed = Date.now() % 2 ** 31; performance.now() < untilMs; seed += 1) {
      const violation = walk(settings, null, seed, WALK_STEPS);
      expect(violation && print(violation), `MODEL_SEED=${seed}`).toBeNull();
    }
  });
});
