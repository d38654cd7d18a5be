import { expect, test } from 'vitest';
import { locales } from '../../../packages/database/src/seed-data.ts';
import { proseOf } from '../report-texts.ts';
import { josa } from './josa.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const money = (usdM: number) => locales.map((locale) => plain(proseOf[locale].money(usdM)));

test('an amount is written as each language writes it, equally rounded', () => {
  expect(money(842.37)).toEqual([
    'USD 842 million',
    '842 Mio. US-Dollar',
    '842 millions de dollars',
    '842 millones de dólares',
    '842 milioni di dollari',
    '8億4,200万米ドル',
    '8억 4,200만 달러',
  ]);
  expect(money(7412.6)).toEqual([
    'USD 7.41 billion',
    '7,41 Mrd. US-Dollar',
    '7,41 milliards de dollars',
    '7410 millones de dólares',
    '7,41 miliardi di dollari',
    '74億1,000万米ドル',
    '74억 1,000만 달러',
  ]);
  expect(money(1_250_149)).toEqual([
    'USD 1,250.1 billion',
    '1.250,1 Mrd. US-Dollar',
    '1 250,1 milliards de dollars',
    '1.250.100 millones de dólares',
    '1.250,1 miliardi di dollari',
    '1兆2,501億米ドル',
    '1조 2,501억 달러',
  ]);
});

test('French uses the singular below two, and an amount that rounds up to a billion is one', () => {
  expect(plain(proseOf.fr.money(1990))).toBe('1,99 milliard de dollars');
  expect(plain(proseOf.fr.money(2000))).toBe('2,00 milliards de dollars');
  expect(proseOf.en.money(999.6)).toBe('USD 1.00 billion');
});

test('a Korean particle follows the last sound of its word', () => {
  expect(josa('시장', 'subject')).toBe('시장이');
  expect(josa('확대', 'subject')).toBe('확대가');
  expect(josa('유럽', 'object')).toBe('유럽을');
  expect(josa('북미', 'and')).toBe('북미와');
  expect(() => josa('AI', 'topic')).toThrow(RangeError);
});
