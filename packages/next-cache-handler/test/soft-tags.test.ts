import { tagOfPattern } from '@tbi/cache';
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

test('a pattern reaches a page whose path is not ASCII, or holds what a URL escapes', () => {
  const key = (path: string) => `/route-cache/APP_PAGE/${'0'.repeat(64)}/$${path}`;
  for (const [pattern, decoded] of [
    ['/café/*', '/café/menu'],
    ['/caf%C3%A9/*', '/café/menu'],
    ['/a b/*', '/a b/x'],
    ['/100%25/*', '/100%/x'],
    ['/100%25ab/*', '/100%ab/x'],
    ['/%E0%A4%A/*', '/%E0%A4%A/x'],
    ['/a%2Fb/*', '/a%2Fb/x'],
    ['/a%252fb/*', '/a%252fb/x'],
    ['/a%3Fb%23/*', '/a%3Fb%23/x'],
  ] as const) {
    expect(softTagsOfPage(key(decoded)), decoded).toContain(tagOfPattern(pattern));
    const escaped = new URL(pattern.replace('*', 'x'), 'http://localhost').pathname;
    expect(withPathsAbove([`_N_T_${escaped}`]), escaped).toContain(tagOfPattern(pattern));
  }
});
