import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnPath } from '../src/server/auth/return-path.ts';

const fallback = '/en/account';

describe('where to go after signing in', () => {
  it('is the page that was asked for, with its query', () => {
    expect(safeReturnPath('/de/admin/reports?page=2&q=a%20b', fallback)).toBe(
      '/de/admin/reports?page=2&q=a%20b',
    );
  });

  it.each([
    '',
    'https://evil.example/en',
    '//evil.example/en',
    '/\\evil.example/en',
    '\\\\evil.example/en',
    '/\t/evil.example/en',
    'javascript:alert(1)',
    '/api/auth/signout',
    '/xx/account',
    '/en/../../api/auth/signout',
    'en/account',
    ' /en/account',
  ])('is not %j', (value) => {
    expect(safeReturnPath(value, fallback)).toBe(fallback);
  });

  it('is never another site', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '//',
      'en',
      'evil.example',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '..',
      '%2f',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (list) => {
        const path = safeReturnPath(list.join(''), fallback);
        expect(path.startsWith('/en')).toBe(true);
        expect(new URL(path, 'http://site.test').origin).toBe('http://site.test');
      }),
      { numRuns: 2_000 },
    );
  });
});
