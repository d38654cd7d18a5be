import { expect, it } from 'vitest';
import { shownPages } from '../src/components/catalogue/shown-pages.ts';

it('a pagination shows the first page, the last, and the current one with its neighbours', () => {
  expect(shownPages(10, 20)).toEqual([1, null, 9, 10, 11, null, 20]);
});

it('a pagination never hides a single page behind a gap', () => {
  expect(shownPages(4, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(shownPages(1, 4)).toEqual([1, 2, 3, 4]);
});

it('a pagination of few pages shows all of them', () => {
  expect(shownPages(1, 1)).toEqual([1]);
  expect(shownPages(2, 2)).toEqual([1, 2]);
});
