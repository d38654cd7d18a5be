import { describe, expect, it } from 'vitest';
import { parseInvalidationRequest, tagsOfRequest } from '../src/invalidation-request.ts';

const problemsOf = (input: unknown) => {
  const parsed = parseInvalidationRequest(input);
  return parsed.ok ? [] : parsed.problems;
};

describe('a request to invalidate', () => {
  it.each([
    ['nothing', {}, /name at least one/],
    ['no object', null, /expected object/i],
    ['an unknown field', { tags: ['a'], tag: 'b' }, /"tag"/],
    ['a wildcard in a tag', { tags: ['report*'] }, /tags\.0: a tag has no wildcard/],
    ['a wildcard in the middle', { paths: ['/en/*/x'] }, /"\*" may only stand at the end/],
    ['a path of another site', { paths: ['https://example.com/'] }, /is not a path/],
    ['a kind that is no word', { kinds: ['page*'] }, /kinds\.0: a kind is a word/],
    ['too many', { tags: Array.from({ length: 101 }, (_, i) => `t${i}`) }, /at most 100 tags/],
    ['too long', { tags: ['x'.repeat(513)] }, /tags\.0/],
    ['an empty one', { tags: [''] }, /tags\.0/],
    ['a wait for ever', { tags: ['a'], wait: 60_000 }, /wait/],
    ['a text for a list', { tags: 'a' }, /tags: expected a list of tags/],
  ])('with %s is refused, and told why', (_name, input, problem) => {
    expect(problemsOf(input).join('\n')).toMatch(problem);
  });

  it('stands for tags of pages, of routes and of kinds', () => {
    const request = { tags: ['reports'], paths: ['/en/reports/*', '/en'], kinds: ['api'] };
    expect(problemsOf(request)).toEqual([]);
    const tags = tagsOfRequest(request);
    expect(tags).toEqual(expect.arrayContaining(['reports', 'path:/en/reports', '_N_T_/en', 'kind:api']));
    expect(tags.filter((tag) => tag.startsWith('url:'))).toHaveLength(1);
  });

  it('names tags and paths in the form that entries have, however they are typed', () => {
    const none = { tags: [], paths: [], kinds: [] };
    expect(tagsOfRequest({ ...none, tags: ['menü'] })).toEqual(
      tagsOfRequest({ ...none, tags: ['men%C3%BC'] }),
    );
    expect(tagsOfRequest({ ...none, paths: ['/a b'] })).toEqual(
      expect.arrayContaining(['_N_T_/a b', '_N_T_/a%20b']),
    );
    expect(tagsOfRequest({ ...none, paths: ['/café/*'] })).toEqual(['path:/caf%C3%A9']);
  });
});
