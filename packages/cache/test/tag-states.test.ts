import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../src/freshness.ts';
import { positionAt } from '../src/position.ts';
import { createTagStates, joinTagStates, UNTOUCHED } from '../src/tag-states.ts';
import { entry as anyEntry, history, statesOf } from './arbitraries.ts';

describe('tag states', () => {
  it('join commutatively, associatively and idempotently', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (steps, random) => {
        const states = statesOf(steps);
        const shuffled = [...states, ...states]
          .map((state) => ({ state, order: random.next().value ?? 0 }))
          .sort((a, b) => a.order - b.order)
          .map(({ state }) => state);
        const inOrder = states.reduce(joinTagStates, UNTOUCHED);
        expect(shuffled.reduce(joinTagStates, UNTOUCHED)).toEqual(inOrder);
      }),
    );
  });

  it('say of every entry at every time at least what the whole history says', () => {
    fc.assert(
      fc.property(
        history,
        anyEntry,
        fc.integer({ min: 990, max: 1_500 }),
        fc.integer({ min: 0, max: 600 }),
        (steps, entry, at, laterMs) => {
          const tags = createTagStates();
          for (const state of statesOf(steps)) tags.join('t', state);
          const nowMs = Math.max(at, steps.at(-1)?.at ?? 0) + laterMs;
          const dated = {
            ...entry,
            stamp: { epoch: 'e', position: positionAt(at) },
            tags: ['t'],
            createdMs: nowMs,
            freshForMs: 10,
            keepForMs: 10,
          };
          const verdict = judge(dated, [], {
            epoch: 'e',
            tags,
            nowMs,
            isPending: () => false,
            marks: { holds: () => false },
          });
          const after = steps.filter((step) => step.at > at);
          const expired = after.some((step) => step.mode === 'expire' || step.at + step.afterMs <= nowMs);
          if (expired) expect(verdict.usable).toBe(false);
          else if (after.length > 0) expect(verdict.reason).not.toBe('fresh');
          else expect(verdict.reason).toBe('fresh');
        },
      ),
    );
  });

  it('raise the floor over the older half when there are too many', () => {
    const tags = createTagStates();
    for (let i = 1; i <= 100; i += 1) tags.join(`t${i}`, { ...UNTOUCHED, expirePos: positionAt(i) });
    tags.trim(99);
    expect(tags.size).toBe(49);
    expect(tags.floor).toBe(positionAt(51));
    tags.join('t3', { ...UNTOUCHED, expirePos: positionAt(3) });
    expect(tags.size).toBe(49);
  });
});
