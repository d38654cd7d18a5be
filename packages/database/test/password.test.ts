import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from '../src/password.ts';

test('a password matches its own hash only', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^\$argon2id\$/);
  expect(hash).not.toBe(await hashPassword('correct horse'));
  expect(await verifyPassword(hash, 'correct horse')).toBe(true);
  expect(await verifyPassword(hash, 'correct horse ')).toBe(false);
});

test('nobody’s password and an unreadable hash match nothing', async () => {
  expect(await verifyPassword(null, 'x')).toBe(false);
  expect(await verifyPassword('not a hash', 'x')).toBe(false);
});

test('an unknown user takes as long as a wrong password', async () => {
  const hash = await hashPassword('correct horse');
  await verifyPassword(null, 'warm up');
  const wrongMs = await median(() => verifyPassword(hash, 'wrong'));
  const unknownMs = await median(() => verifyPassword(null, 'wrong'));
  expect(unknownMs).toBeGreaterThan(wrongMs / 3);
  expect(unknownMs).toBeLessThan(wrongMs * 3);
});

async function median(action: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const begin = performance.now();
    await action();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
