import { expect, test } from 'vitest';
import { readKeyPlayers, readTableOfContents } from '../src/content.ts';

test('JSON columns read as what they hold', () => {
  expect(readKeyPlayers(['A', 'B'])).toEqual(['A', 'B']);
  const chapters = [{ title: 'Summary', sections: ['One'] }];
  expect(readTableOfContents(chapters)).toEqual(chapters);
});

test.each([null, undefined, 'text', 7, {}, { length: 1 }])('%j reads as nothing', (value) => {
  expect(readKeyPlayers(value)).toEqual([]);
  expect(readTableOfContents(value)).toEqual([]);
});

test('what does not belong is left out', () => {
  expect(readKeyPlayers(['A', 1, null])).toEqual(['A']);
  const good = { title: 'T', sections: [] };
  expect(
    readTableOfContents([good, null, { title: 1, sections: [] }, { title: 'T', sections: [1] }]),
  ).toEqual([good]);
});
