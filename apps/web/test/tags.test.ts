import { expect, it } from 'vitest';
import { tags, tagsOfReportChange } from '../src/server/tags.ts';

it('a changed report makes its own pages obsolete, and every list', () => {
  expect(tagsOfReportChange(7)).toEqual(['report:7', 'reports']);
});

it('no tag can be taken for another', () => {
  const all = [
    tags.reports,
    tags.report(1),
    tags.report(11),
    tags.categories,
    tags.category(1),
    tags.regions,
  ];
  expect(new Set(all).size).toBe(all.length);
});
