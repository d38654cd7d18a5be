import { expect, test } from 'vitest';
import { createHotEntries } from '../src/hot-entries.ts';

test('what is asked for most is found in a flood of others, in bounded memory', () => {
  const hot = createHotEntries(50);
  for (let i = 0; i < 20_000; i += 1) {
    hot.note('page', `once-${i}`);
    if (i % 10 === 0) hot.note('page', 'often');
    if (i % 20 === 0) hot.note('api', 'half as often');
  }
  const [first, second] = hot.top(2);
  expect([first?.name, second?.name]).toEqual(['often', 'half as often']);
  expect(hot.top(1_000)).toHaveLength(50);
});
