import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fieldsOf,
  isUnqualified,
  parseCacheControl,
  parseTargeted,
  secondsOf,
} from '../src/cache-control.ts';

const read = (field: string) => Object.fromEntries(parseCacheControl(field));

describe('Cache-Control', () => {
  it.each<[string, Record<string, string | null>]>([
    ['max-age=60, no-store', { 'max-age': '60', 'no-store': null }],
    ['Max-Age="60",PUBLIC', { 'max-age': '60', public: null }],
    [
      'extension="max-age=3600, no-store", max-age=1',
      { extension: 'max-age=3600, no-store', 'max-age': '1' },
    ],
    ['a="\\"quoted\\"", max-age=1', { a: '"quoted"', 'max-age': '1' }],
    ['max-age=1, max-age=2', { 'max-age': '1' }],
    [', ,max-age=1,,', { 'max-age': '1' }],
    ['max-age =60, public', { public: null }],
    ['max-age= 60, public', { public: null }],
    ['no-cache="a, b", private', { 'no-cache': 'a, b', private: null }],
    ['"unclosed, max-age=1', {}],
    ['', {}],
  ])('%s', (field, directives) => {
    expect(read(field)).toEqual(directives);
  });

  it('is read from any text without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (field) => {
        for (const name of parseCacheControl(field).keys()) expect(field.toLowerCase()).toContain(name);
      }),
    );
  });

  it('without a whole number of seconds means stale', () => {
    const seconds = (field: string) => secondsOf(parseCacheControl(field), 'max-age');
    expect([
      seconds('max-age=60'),
      seconds('max-age=-1'),
      seconds('max-age=1.5'),
      seconds('max-age'),
    ]).toEqual([60, 0, 0, 0]);
    expect(seconds('public')).toBeUndefined();
    expect(seconds(`max-age=${'9'.repeat(30)}`)).toBe(2 ** 31);
  });

  it('tells a directive about fields from one about the response', () => {
    const some = parseCacheControl('no-cache="Set-Cookie, x-own", private');
    expect(fieldsOf(some, 'no-cache')).toEqual(['set-cookie', 'x-own']);
    expect([isUnqualified(some, 'no-cache'), isUnqualified(some, 'private')]).toEqual([false, true]);
  });
});

describe('CDN-Cache-Control', () => {
  it.each<[string, Record<string, string | null> | null]>([
    ['max-age=60, must-revalidate', { 'max-age': '60', 'must-revalidate': null }],
    ['max-age=60;private=1', { 'max-age': '60' }],
    ['max-age="60"', null],
    ['max-age=60, ???', null],
    ['', null],
  ])('%s', (field, directives) => {
    const parsed = parseTargeted(field);
    expect(parsed && Object.fromEntries(parsed)).toEqual(directives);
  });
});
