import { describe, expect, it } from 'vitest';
import {
  exampleParameters,
  readParameters,
  reportParameters,
  reportQueryOf,
  searchParameters,
} from '../src/server/api/parameters.ts';

const request = (query: string) => new Request(`https://shop.example/api?${query}`);

async function wrongOf(query: string, schema: Parameters<typeof readParameters>[1]) {
  const parameters = readParameters(request(query), schema);
  if (parameters.ok) return null;
  expect(parameters.response.status).toBe(400);
  const { error } = await parameters.response.json();
  expect(error.code).toBe('invalid-parameters');
  return error.parameters;
}

describe('parameters of the API', () => {
  it('have defaults', () => {
    const parameters = readParameters(request(''), reportParameters);
    expect(parameters.ok && reportQueryOf(parameters.values)).toEqual({
      q: '',
      category: null,
      region: null,
      minPrice: null,
      maxPrice: null,
      year: null,
      sort: 'newest',
      page: 1,
    });
  });

  it('are read', () => {
    const query =
      'q=%20heart%20%20rate&category=a-b&region=asia&min=500&max=1000&year=2026&sort=growth&page=2&locale=ja';
    const parameters = readParameters(request(query), reportParameters);
    expect(parameters.ok && parameters.values.locale).toBe('ja');
    expect(parameters.ok && reportQueryOf(parameters.values)).toEqual({
      q: 'heart rate',
      category: 'a-b',
      region: 'asia',
      minPrice: 500,
      maxPrice: 1000,
      year: 2026,
      sort: 'growth',
      page: 2,
    });
  });

  it('that are wrong are all named, each with what would be right', async () => {
    expect(await wrongOf('min=501&page=0&year=x&sort=best&locale=xx&category=A', reportParameters)).toEqual({
      min: 'must be a multiple of 500',
      page: 'must be from 1 to 1000',
      year: 'must be a whole number from 2000 to 2099',
      sort: 'must be one of newest, oldest, price-asc, price-desc, growth',
      locale: 'must be one of en, de, fr, es, it, ja, ko',
      category: 'must be a slug, such as "health-care"',
    });
    expect(await wrongOf('min=1000&max=500', reportParameters)).toEqual({ min: 'must not be above max' });
    expect(await wrongOf('', searchParameters)).toEqual({ q: 'is missing' });
    expect(await wrongOf('q=%20', searchParameters)).toEqual({ q: 'must not be empty' });
    expect(await wrongOf(`q=${'x'.repeat(81)}`, searchParameters)).toEqual({
      q: 'must have at most 80 characters',
    });
    expect(await wrongOf('id=a&id=b', exampleParameters)).toEqual({ id: 'must be given once' });
    expect(await wrongOf('id=../x', exampleParameters)).toEqual({
      id: 'must have 1 to 40 letters, digits, "-" or "_"',
    });
  });
});
