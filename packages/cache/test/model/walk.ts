import { advance, initialWorld, type Violation } from './explore.ts';
import { type Rule, rulesWithout } from './rules.ts';
import { stepsFrom } from './steps.ts';
import type { Settings } from './world.ts';

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One random path of at most `maxSteps`; a violation comes shortened. */
export function walk(settings: Settings, off: Rule | null, seed: number, maxSteps: number): Violation | null {
  const random = seeded(seed);
  const rules = rulesWithout(off);
  const names: string[] = [];
  let world = initialWorld(settings, rules);
  while (names.length < maxSteps) {
    const steps = stepsFrom({ world, rules, settings });
    const step = steps[Math.floor(random() * steps.length)];
    if (step === undefined) return null;
    names.push(step.name);
    world = advance(step, world, rules, settings);
    if (world.violation !== null) return shorten(settings, off, { what: world.violation, steps: names });
  }
  return null;
}

/** Follows steps by their names as far as they are possible. */
export function replay(settings: Settings, off: Rule | null, names: readonly string[]): Violation | null {
  const rules = rulesWithout(off);
  let world = initialWorld(settings, rules);
  for (const [i, name] of names.entries()) {
    const step = stepsFrom({ world, rules, settings }).find((each) => each.name === name);
    if (step === undefined) return null;
    world = advance(step, world, rules, settings);
    if (world.violation !== null) return { what: world.violation, steps: names.slice(0, i + 1) };
  }
  return null;
}

/** Leaves out what is not needed, pairs of steps too, until nothing more can go. */
function shorten(settings: Settings, off: Rule | null, violation: Violation): Violation {
  const { steps } = violation;
  for (const gap of [1, 2]) {
    for (let i = steps.length - 1; i >= 0; i -= 1) {
      for (let j = i; j >= 0; j -= 1) {
        const without = steps.filter((_, at) => at !== i && (gap === 1 || at !== j));
        const shorter = replay(settings, off, without);
        if (shorter !== null) return shorten(settings, off, shorter);
        if (gap === 1) break;
      }
    }
  }
  return violation;
}
