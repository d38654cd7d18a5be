import { describe, expect, it } from 'vitest';
import { formats } from '../src/i18n/formats.ts';

/** With ordinary spaces: languages use several kinds. */
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('numbers and dates', () => {
  it('show cents only where there are some', () => {
    expect(formats('en').usd(4150)).toBe('$4,150');
    expect(formats('en').usd(4150.5)).toBe('$4,150.50');
    expect(plain(formats('de').usd(4150))).toBe('4.150 $');
  });

  it('show market sizes to three digits in the largest unit of the language', () => {
    expect(formats('en').market(31_487.5)).toBe('$31.5B');
    expect(plain(formats('de').market(31_487.5))).toBe('31,5 Mrd. $');
    expect(formats('ja').market(31_487.5)).toBe('$315億');
  });

  it('show growth in percent', () => {
    expect(formats('en').percent(8)).toBe('8.0%');
    expect(plain(formats('fr').percent(27.55))).toBe('27,55 %');
  });

  it('show the day of a date without a time, wherever the server stands', () => {
    expect(formats('en').date('2026-01-01')).toBe('January 1, 2026');
    expect(formats('ko').month('2026-12-31')).toBe('2026년 12월');
  });
});
