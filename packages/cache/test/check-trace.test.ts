import { expect, it } from 'vitest';
import type { TraceEvent } from './fixtures/trace.ts';
import { checkTrace } from './support/check-trace.ts';

/** The key had version 1, then 2 from 1,000 ms and 3 from 2,000 ms on. */
const facts = {
  versionAt: (_key: string, ms: number) => (ms < 1_000 ? 1 : ms < 2_000 ? 2 : 3),
  losses: [2_500],
  tagsOf: (key: string) => [key],
  keys: ['k', 'other'],
  records: [
    { type: 'recorded', epoch: 'e', position: '5000-1', key: 'k', version: 7, fromMs: 0 },
    { type: 'recorded', epoch: 'e', position: '6000-0', key: 'k', version: 8, fromMs: 6_300 },
  ] as const,
};

let id = 0;
function read(
  version: number | null,
  tier = 'l1',
  during: readonly TraceEvent[] = [],
  atMs = 3_000,
): TraceEvent[] {
  id += 1;
  return [
    { type: 'read', id, key: 'k', atMs, epoch: 'e', position: '0-0' },
    ...during,
    { type: 'got', id, version, tier, reason: 'fresh', durationMs: 1 },
  ];
}

const applied = (position: string, deadlineMs = 0, tags = ['k']): TraceEvent => ({
  type: 'applied',
  position,
  tags,
  deadlineMs,
});
const begun: TraceEvent = { type: 'begun', token: 'w', tags: ['k'] };
const ended: TraceEvent = { type: 'ended', token: 'w' };
const found = (...events: readonly (TraceEvent | TraceEvent[])[]) =>
  checkTrace(events.flat(), facts).violations.length;

it('the checker finds a version older than an applied record allows, on whatever tier', () => {
  expect(found(read(1))).toBe(0);
  expect(found(applied('1500-0'), read(1))).toBe(1);
  expect(found(applied('1500-0'), read(1, 'origin'))).toBe(1);
  expect(found(applied('1500-0'), read(2))).toBe(0);
  expect(found(applied('1500-0', 0, ['other']), read(1))).toBe(0);
  expect(found(read(1, 'l2', [applied('1500-0')]))).toBe(0);
  expect(found({ type: 'pending', tags: ['k'], calledMs: 2_100 }, read(2))).toBe(1);
});

it('the checker lets a stale mark serve until its deadline', () => {
  expect(found(applied('1500-0', 2_900), read(1, 'l1', [], 2_800))).toBe(0);
  expect(found(applied('1500-0', 2_900), read(1, 'l1', [], 3_000))).toBe(1);
});

it('the checker finds cached copies of what is being written', () => {
  expect(found(begun, read(1))).toBe(1);
  expect(found(begun, read(1, 'origin'))).toBe(0);
  expect(found(begun, ended, read(1))).toBe(0);
  expect(found(begun, read(1, 'l1', [ended]))).toBe(0);
});

it('the checker finds versions from before a loss of Redis, and rejected reads', () => {
  const epoch: TraceEvent = { type: 'epoch', atMs: 3_000 };
  expect(found(epoch, read(2))).toBe(1);
  expect(found(epoch, read(3))).toBe(0);
  expect(found({ type: 'rejected', id: 1, message: 'no' })).toBe(1);
});

it('the checker finds that a process has skipped what was recorded before where it stands', () => {
  const standing = (version: number, position: string, atMs: number, epoch = 'e'): TraceEvent[] => [
    { type: 'read', id: 0, key: 'k', atMs, epoch, position },
    { type: 'got', id: 0, version, tier: 'l1', reason: 'fresh', durationMs: 1 },
  ];
  expect(found(standing(6, '5000-0', 5_500))).toBe(0);
  expect(found(standing(6, '5000-1', 5_500))).toBe(1);
  expect(found(standing(6, '5000-1', 5_500, 'another epoch'))).toBe(0);
  expect(found(standing(7, '6000-0', 6_100))).toBe(0);
  expect(found(standing(7, '6000-0', 6_400))).toBe(1);
});
