import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adminReportQueryToSearchParams,
  defaultReportQuery,
  parseAdminReportQuery,
  parseReportQuery,
  priceStepUsd,
  reportQueryToSearchParams,
} from '../src/server/report-query.ts';

const fromText = (text: string) => parseReportQuery(Object.fromEntries(new URLSearchParams(text)));

describe('the query of a list of reports', () => {
  it('has defaults for everything', () => {
    expect(parseReportQuery({})).toEqual(defaultReportQuery);
  });

  it('reads every parameter', () => {
    expect(
      fromText('q=solar&category=energy-power&region=europe&min=3000&max=5000&year=2025&sort=growth&page=3'),
    ).toEqual({
      q: 'solar',
      category: 'energy-power',
      region: 'europe',
      minPrice: 3000,
      maxPrice: 5000,
      year: 2025,
      sort: 'growth',
      page: 3,
    });
  });

  it.each([
    'category=../etc',
    'category=Energy',
    'region=a--b',
    'min=-5',
    'max=1e9',
    'min=NaN',
    'year=99999',
    'year=1',
    'sort=random',
    'page=0',
    'page=-1',
    'page=1.5',
    'page=9999999',
    'q=%20%20',
    'unknown=1',
  ])('falls back to the default for %s', (text) => {
    expect(fromText(text)).toEqual(defaultReportQuery);
  });

  it('takes the first of repeated parameters', () => {
    expect(parseReportQuery({ page: ['2', '3'], category: [] })).toEqual({ ...defaultReportQuery, page: 2 });
  });

  it('exchanges price bounds in the wrong order', () => {
    expect(fromText('min=5000&max=3000')).toMatchObject({ minPrice: 3000, maxPrice: 5000 });
  });

  it('widens odd prices to the next step, so that nothing in the range is lost', () => {
    expect(fromText('min=3999&max=4001')).toMatchObject({ minPrice: 3500, maxPrice: 4500 });
  });

  it('tidies up and bounds the words, without cutting a character in half', () => {
    expect(fromText('q=%20%20solar%20%20%20cells%0A').q).toBe('solar cells');
    expect([...parseReportQuery({ q: '🔬'.repeat(200) }).q]).toHaveLength(80);
  });

  it('comes back from its own URL unchanged, whatever the input was', () => {
    const parameter = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[a-z0-9-]{0,20}$/),
      fc.integer().map(String),
      fc.constantFrom('growth', 'price-asc', '2025', '1'),
    );
    const searchParams = fc.record(
      Object.fromEntries(
        ['q', 'category', 'region', 'min', 'max', 'year', 'sort', 'page'].map((name) => [name, parameter]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(searchParams, (input) => {
        const query = parseReportQuery(input);
        const again = parseReportQuery(Object.fromEntries(reportQueryToSearchParams(query)));
        expect(again).toEqual(query);
      }),
    );
  });

  it('has few price bounds, whatever numbers are asked for', () => {
    fc.assert(
      fc.property(fc.nat(), (usd) => {
        const { minPrice, maxPrice } = parseReportQuery({ min: String(usd) });
        expect(maxPrice).toBeNull();
        expect(minPrice ?? 0).toBeLessThanOrEqual(20_000);
        expect((minPrice ?? 0) % priceStepUsd).toBe(0);
      }),
    );
  });

  it('leaves defaults out of URLs and keeps one order', () => {
    expect(reportQueryToSearchParams({}).toString()).toBe('');
    expect(reportQueryToSearchParams({ page: 2, q: 'a b', category: null }).toString()).toBe('q=a+b&page=2');
  });
});

describe('the query of the admin table', () => {
  it('reads words, status and page, and nothing else', () => {
    expect(parseAdminReportQuery({ q: 'x', status: 'draft', page: '2', sort: 'growth' })).toEqual({
      q: 'x',
      status: 'draft',
      page: 2,
    });
    expect(parseAdminReportQuery({ status: 'deleted' })).toEqual({ q: '', status: 'all', page: 1 });
    expect(adminReportQueryToSearchParams({ q: 'x', status: 'draft', page: 2 }).toString()).toBe(
      'q=x&status=draft&page=2',
    );
  });
});
