import { expect, it } from 'vitest';
import { createBackOff } from '../src/back-off.ts';

const waits = (random: number, count: number) => {
  const backOff = createBackOff(() => random);
  return Array.from({ length: count }, () => backOff.next());
};

it('doubles from 50 ms to 2 s', () => {
  expect(waits(1, 8)).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000]);
});

it('shortens each wait by up to half', () => {
  expect(waits(0, 3)).toEqual([25, 50, 100]);
});

it('begins anew after a connection that lasted, and not after one that did not', () => {
  const backOff = createBackOff(() => 1);
  backOff.next();
  backOff.ended(10);
  expect(backOff.next()).toBe(100);
  backOff.ended(5_000);
  expect(backOff.next()).toBe(50);
});
