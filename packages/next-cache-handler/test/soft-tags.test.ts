import { expect, test } from 'vitest';
import { softTagsOfPage, withPathsAbove } from '../src/tags.ts';

test('a page hears of its path and of all above it, however Next names it', () => {
  const tags = ['path:/', 'path:/en', 'path:/en/reports'];
  expect(softTagsOfPage('/en/reports')).toEqual(tags);
  expect(softTagsOfPage(`/route-cache/APP_PAGE/${'0'.repeat(64)}/$/en/reports`)).toEqual(tags);
  expect(softTagsOfPage('/index')).toEqual(['path:/']);
});

test('what is read for a page hears of the paths above it, and what is read for no page of nothing more', () => {
  const soft = ['_N_T_/layout', '_N_T_/[locale]/page', '_N_T_/en'];
  expect(withPathsAbove(soft)).toEqual([...soft, 'path:/', 'path:/en']);
  expect(withPathsAbove(['_N_T_/layout'])).toEqual(['_N_T_/layout']);
});
