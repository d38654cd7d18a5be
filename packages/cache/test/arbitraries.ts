import fc from 'fast-check';
import { positionAt } from '../src/position.ts';
import { markStale, type TagState, UNTOUCHED } from '../src/tag-states.ts';
import type { Entry } from '../src/types.ts';

const epoch = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((b) => Buffer.from(b).toString('hex'));
const ms = fc.integer({ min: 0, max: 2_000_000_000_000 });
const duration = fc.integer({ min: 0, max: 30 * 24 * 3_600_000 });

export const position = fc.tuple(ms, fc.bigInt(0n, 5n)).map(([at, seq]) => positionAt(at, seq));
export const tag = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

export const entry: fc.Arbitrary<Entry> = fc.record({
  stamp: fc.record({ epoch, position }),
  beganMs: ms,
  createdMs: ms,
  freshForMs: duration,
  keepForMs: duration,
  tags: fc.array(tag, { maxLength: 8 }),
  payload: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});

export type Step = { at: number; mode: 'expire' } | { at: number; mode: 'stale'; afterMs: number };

/** Invalidations of one tag in the order in which the log takes them. */
export const history: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 50 }),
      afterMs: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    }),
    { maxLength: 8 },
  )
  .map((steps) => {
    let at = 1_000;
    return steps.map(({ gap, afterMs }): Step => {
      at += gap;
      return afterMs === undefined ? { at, mode: 'expire' } : { at, mode: 'stale', afterMs };
    });
  });

/** The state after each step, as the single writer of the log computes them. */
export function statesOf(steps: readonly Step[]): TagState[] {
  let state = UNTOUCHED;
  return steps.map((step) => {
    const at = positionAt(step.at);
    state =
      step.mode === 'expire' ? { ...state, expirePos: at } : markStale(state, at, step.at, step.afterMs);
    return state;
  });
}
