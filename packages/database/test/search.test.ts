import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseSearchText, reportSearchText, searchFilters } from '../src/search.ts';

test.each([
  ['Énergie  DES océans', 'energie des oceans'],
  ['Übergrößen', 'ubergrossen'],
  ['Łódź, Ørsted & Cœur', 'lodz orsted coeur'],
  ['ガラス・バッテリー', 'からす はってりー'.replaceAll('っ', 'つ')],
  ['ﾊﾞｯﾃﾘｰ', 'はつてりー'],
  ['한국 배터리', '한국 배터리'],
  ['100 % of_it\\', '100 of it'],
])('%s is searched as %s', (text, expected) => {
  expect(normaliseSearchText(text)).toBe(expected);
});

test('normalising twice is normalising once, and leaves no wildcard', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = normaliseSearchText(text);
      expect(normaliseSearchText(once)).toBe(once);
      expect(once).not.toMatch(/[%_\\]/);
    }),
  );
});

test('a report is found by its title, code, key players and summary', () => {
  const text = reportSearchText({
    code: 'TBI-1001',
    title: 'Mätressen',
    summary: 'Growing fast.',
    keyPlayers: ['Ménard & Fils'],
  });
  for (const words of ['MATRESSEN', 'tbi-1001', 'menard fils', 'growing']) {
    for (const { searchText } of searchFilters(words)) expect(text).toContain(searchText.contains);
  }
});

test('a search has at most eight words, and none for nothing to search', () => {
  expect(searchFilters('a b c d e f g h i j')).toHaveLength(8);
  expect(searchFilters(' %_ ')).toEqual([]);
});
