import { expect, test } from 'vitest';
import { poll } from '../src/index.ts';

test('the first result that is not undefined, null or false is returned; 0 and "" are results', async () => {
  const answers = [undefined, null, false, 0];
  expect(await poll(() => answers.shift(), { intervalMs: 1 })).toBe(0);
  expect(await poll(() => '')).toBe('');
});

test('a probe that throws is asked again; its last error is the cause when time runs out', async () => {
  const failing = poll(() => Promise.reject(new Error('not yet')), { timeoutMs: 20, what: 'the answer' });
  await expect(failing).rejects.toMatchObject({
    message: 'waited in vain for the answer (20 ms)',
    cause: { message: 'not yet' },
  });
});
