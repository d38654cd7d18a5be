import { describe, expect, it } from 'vitest';
import { judge, type Knowledge } from '../src/freshness.ts';
import { positionAt } from '../src/position.ts';
import { createTagStates, UNTOUCHED } from '../src/tag-states.ts';

const at = positionAt(1_000);
const entry = {
  stamp: { epoch: 'e', position: at },
  tags: ['t'],
  createdMs: 1_000,
  freshForMs: 100,
  keepForMs: 300,
};

function knowing(states: Parameters<ReturnType<typeof createTagStates>['join']>[], nowMs = 1_050): Knowledge {
  const tags = createTagStates();
  for (const state of states) tags.join(...state);
  return { epoch: 'e', tags, nowMs, isPending: () => false, marks: { holds: () => false } };
}

const reason = (known: Knowledge, softTags: string[] = []) => judge(entry, softTags, known).reason;

describe('freshness', () => {
  it('ends with the fresh time, and use with the keep time', () => {
    expect(reason(knowing([], 1_099))).toBe('fresh');
    expect(reason(knowing([], 1_100))).toBe('stale-ttl');
    expect(reason(knowing([], 1_299))).toBe('stale-ttl');
    expect(reason(knowing([], 1_300))).toBe('expired-ttl');
  });

  it('ends with an invalidation after the entry, not with one at its own position', () => {
    expect(reason(knowing([['t', { ...UNTOUCHED, expirePos: at }]]))).toBe('fresh');
    expect(reason(knowing([['t', { ...UNTOUCHED, expirePos: at + 1n }]]))).toBe('expired-tag');
    expect(reason(knowing([['other', { ...UNTOUCHED, expirePos: at + 1n }]]))).toBe('fresh');
    expect(reason(knowing([['soft', { ...UNTOUCHED, expirePos: at + 1n }]]), ['soft'])).toBe('expired-tag');
  });

  it('serves what was marked stale until the deadline, and never what was expired before', () => {
    const stale = { ...UNTOUCHED, stalePos: at + 5n, staleDeadlineMs: 1_080 };
    expect(reason(knowing([['t', stale]]))).toBe('stale-tag');
    expect(reason(knowing([['t', stale]], 1_080))).toBe('expired-tag');
    expect(reason(knowing([['t', { ...stale, expirePos: at + 1n }]]))).toBe('expired-tag');
  });

  it('needs the current epoch, a position above the floor, and no pending invalidation', () => {
    expect(reason({ ...knowing([]), epoch: 'other' })).toBe('epoch');
    expect(reason({ ...knowing([]), epoch: null })).toBe('epoch');
    const floor = (position: bigint) => ({ ...knowing([]), tags: { floor: position, get: () => undefined } });
    expect(reason(floor(at))).toBe('fresh');
    expect(reason(floor(at + 1n))).toBe('below-floor');
    expect(reason({ ...knowing([]), isPending: (tag) => tag === 't' })).toBe('expired-tag');
  });
});
