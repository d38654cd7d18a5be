import { describe, expect, it } from 'vitest';
import { createThrottle } from '../src/server/throttle.ts';

function createClock() {
  let ms = 1_000;
  const pass = (durationMs: number) => {
    ms += durationMs;
  };
  return { now: () => ms, pass };
}

const take = (throttle: ReturnType<typeof createThrottle>, key: string, times: number) =>
  Array.from({ length: times }, () => throttle.take(key));

describe('a throttle', () => {
  it('gives each key its attempts and no more', () => {
    const throttle = createThrottle({ limit: 2, windowMs: 1_000, now: createClock().now });
    expect(take(throttle, 'a', 3)).toEqual([true, true, false]);
    expect(take(throttle, 'b', 3)).toEqual([true, true, false]);
  });

  it('gives them back when the window has ended, counted from the first attempt', () => {
    const clock = createClock();
    const throttle = createThrottle({ limit: 2, windowMs: 1_000, now: clock.now });
    take(throttle, 'a', 1);
    clock.pass(999);
    expect(take(throttle, 'a', 2)).toEqual([true, false]);
    clock.pass(1);
    expect(take(throttle, 'a', 3)).toEqual([true, true, false]);
  });

  it('gives them back when it is told to', () => {
    const throttle = createThrottle({ limit: 1, windowMs: 1_000, now: createClock().now });
    take(throttle, 'a', 1);
    throttle.clear('a');
    expect(throttle.take('a')).toBe(true);
  });

  it('remembers a bounded number of keys, the newest windows', () => {
    const throttle = createThrottle({ limit: 1, windowMs: 1_000, maxKeys: 2, now: createClock().now });
    for (const key of ['a', 'b', 'c']) throttle.take(key);
    expect(throttle.take('b')).toBe(false);
    expect(throttle.take('c')).toBe(false);
    expect(throttle.take('a')).toBe(true);
  });
});
