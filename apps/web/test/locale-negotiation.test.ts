import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLocale, locales } from '../src/i18n/locales.ts';
import { localizedPath, negotiateLocale } from '../src/server/locale-negotiation.ts';

describe('the language of a visitor', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en;q=0.5, ja;q=0.9', 'ja'],
    ['pt-BR, fr;q=0.3', 'fr'],
    ['zh-CN', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['ko;q=0', 'en'],
    ['this is no language, es', 'es'],
  ])('for "%s" is %s', (header, locale) => {
    expect(negotiateLocale(header, undefined)).toBe(locale);
  });

  it('is the one that they chose before, if there is one', () => {
    expect(negotiateLocale('de', 'it')).toBe('it');
    expect(negotiateLocale('de', 'xx')).toBe('de');
    expect(negotiateLocale(null, undefined)).toBe('en');
  });

  it('is always one of the site’s, whatever the header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.string(), (header, cookie) => {
        expect(locales).toContain(negotiateLocale(header, cookie));
      }),
    );
  });
});

describe('a path in a language', () => {
  it.each([
    ['/', '/de'],
    ['/reports', '/de/reports'],
    ['/EN/reports', '/en/reports'],
    ['/english/reports', '/de/english/reports'],
    ['//evil.example/x', '/de//evil.example/x'],
    ['/\\evil.example', '/de/\\evil.example'],
  ])('of %s is %s', (pathname, expected) => {
    expect(localizedPath(pathname, 'de')).toBe(expected);
  });

  it('never leaves the site', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        const path = localizedPath(`/${rest}`, 'fr');
        expect(isLocale(path.split('/')[1])).toBe(true);
        expect(new URL(path, 'http://site.test').origin).toBe('http://site.test');
      }),
    );
  });
});
