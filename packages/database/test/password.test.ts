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

test('an unknown user is not told by a quick answer', async () => {
  const hash = await hashPassword('correct horse');
  await verifyPassword(null, 'warm up');
  let wrongMs = Number.POSITIVE_INFINITY;
  let unknownMs = Number.POSITIVE_INFINITY;
  // The quickest of several, in turns: a busy machine only makes single runs slower.
  for (let run = 0; run < 8; run++) {
    wrongMs = Math.min(wrongMs, await time(() => verifyPassword(hash, 'wrong')));
    unknownMs = Math.min(unknownMs, await time(() => verifyPassword(null, 'wrong')));
  }
  expect(unknownMs).toBeGreaterThan(wrongMs / 2);
});

async function time(action: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await action();
  return performance.now() - begin;
}
