import type { Stamp } from '@tbi/cache';
import { sleep } from '@tbi/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStampHistory } from '../src/stamp-history.ts';
import { createStampMemory } from '../src/stamp-memory.ts';

const at = (position: number, epoch = 'e'): Stamp => ({ epoch, position: BigInt(position) });

describe('stamp memory', () => {
  test('a value gets the stamp of the read before it', () => {
    const stamps = createStampMemory();
    const request = {};
    stamps.begin(request, at(1));
    stamps.read(request, 'k', at(5));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(5));
  });

  test('two requests that overlap do not take each other’s stamps', () => {
    const stamps = createStampMemory();
    const [early, late] = [{}, {}];
    stamps.begin(early, at(1));
    stamps.read(early, 'k', at(5));
    stamps.begin(late, at(7));
    stamps.read(late, 'k', at(7));
    expect(stamps.take(late, 'k')?.stamp).toEqual(at(7));
    expect(stamps.take(early, 'k')?.stamp).toEqual(at(5));
  });

  test('of several reads of one request the oldest that is unanswered counts', () => {
    const stamps = createStampMemory();
    const request = {};
    stamps.begin(request, at(1));
    stamps.read(request, 'k', at(5));
    stamps.read(request, 'k', at(7));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(5));
    stamps.read(request, 'k', at(9));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(5));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(5));
    stamps.read(request, 'k', at(11));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(11));
  });

  test('a value that follows the one which answered a read is no older than that', async () => {
    const stamps = createStampMemory();
    const request = {};
    stamps.begin(request, at(1));
    await sleep(5);
    stamps.read(request, 'k', at(1));
    const first = stamps.take(request, 'k');
    expect(stamps.take(request, 'k')).toEqual(first);
    await sleep(5);
    stamps.read(request, 'k', at(3));
    expect(stamps.take(request, 'k')?.beganAtMs).toBeGreaterThan(first?.beganAtMs ?? Number.NaN);
  });

  test('a value without a read gets the stamp of its request’s beginning', () => {
    const stamps = createStampMemory();
    const request = {};
    stamps.begin(request, at(3));
    expect(stamps.take(request, 'k')?.stamp).toEqual(at(3));
    expect(stamps.take({}, 'k')).toBeUndefined();
  });
});

describe('stamp history', () => {
  test('tells where the process stood at a time, or before it', () => {
    let now = 100;
    const history = createStampHistory(10, () => now);
    expect(history.at(100)).toBeUndefined();
    history.note(at(1));
    now = 200;
    history.note(at(2));
    now = 300;
    history.note(at(2));
    history.note(at(2, 'other'));
    expect(history.at(99)).toBeUndefined();
    expect(history.at(100)).toEqual(at(1));
    expect(history.at(199.9)).toEqual(at(1));
    expect(history.at(250)).toEqual(at(2));
    expect(history.at(1000)).toEqual(at(2, 'other'));
  });

  test('is bounded, and never tells a stamp later than the true one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 200 }), (max, count) => {
        let now = 0;
        const history = createStampHistory(max, () => now);
        for (now = 1; now <= count; now += 1) history.note(at(now));
        for (let time = 1; time <= count; time += 1) {
          expect(Number(history.at(time)?.position ?? 0n)).toBeLessThanOrEqual(time);
        }
        expect(history.at(count)).toEqual(at(count));
      }),
    );
  });
});
