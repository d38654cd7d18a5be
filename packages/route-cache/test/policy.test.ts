import { describe, expect, it } from 'vitest';
import { initialAgeS } from '../src/age.ts';
import { formatHttpDate, parseHttpDate } from '../src/http-date.ts';
import { type RouteCacheOptions, resolveOptions } from '../src/options.ts';
import { policyOf } from '../src/policy.ts';
import { rangeOf } from '../src/range.ts';

const NOW = Date.UTC(2026, 0, 1);
const inS = (seconds: number) => formatHttpDate(NOW + seconds * 1000);

function policy(headers: Record<string, string>, options: RouteCacheOptions = {}, status = 200) {
  return policyOf(new Response(null, { status, headers }), resolveOptions(options), NOW);
}

describe('the lifetime of a response', () => {
  const all = {
    'cdn-cache-control': 'max-age=1',
    'cache-control': 's-maxage=2, max-age=3',
    expires: inS(4),
    'last-modified': inS(-50),
  };
  type Named = keyof typeof all;
  const without = (...names: Named[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name as Named)));

  it('comes from CDN-Cache-Control, s-maxage, max-age, Expires, the option, the last change, in this order', () => {
    expect(policy(all, { ttl: 9 }).freshS).toBe(1);
    expect(policy(without('cdn-cache-control'), { ttl: 9 }).freshS).toBe(2);
    expect(policy({ ...without('cdn-cache-control'), 'cache-control': 'max-age=3' }, { ttl: 9 }).freshS).toBe(
      3,
    );
    expect(policy(without('cdn-cache-control', 'cache-control'), { ttl: 9 }).freshS).toBe(4);
    expect(policy(without('cdn-cache-control', 'cache-control', 'expires'), { ttl: 9 }).freshS).toBe(9);
    expect(policy(without('cdn-cache-control', 'cache-control', 'expires')).freshS).toBe(5);
    expect(policy({}).freshS).toBeNull();
  });

  it('for one user comes from max-age: the others are for shared caches', () => {
    expect(policy(all, { scope: 'private', user: () => 'ann' }).freshS).toBe(3);
  });

  it('CDN-Cache-Control stands in the place of all of Cache-Control, for good and ill', () => {
    const open = policy({ 'cdn-cache-control': 'max-age=5', 'cache-control': 'no-store' });
    expect([open.freshS, open.directives.has('no-store')]).toEqual([5, false]);
    const closed = policy({ 'cdn-cache-control': 'no-store', 'cache-control': 'max-age=5' });
    expect(closed.directives.has('no-store')).toBe(true);
    const broken = policy({ 'cdn-cache-control': 'max-age=??', 'cache-control': 'max-age=7' });
    expect(broken.freshS).toBe(7);
  });

  it('is not implied for statuses that say nothing of it', () => {
    const options = { ttl: 60, notFoundTtl: 5 };
    const implied = [200, 301, 308, 404, 410, 302, 400, 401, 403, 429].map(
      (status) => policy({}, options, status).freshS,
    );
    expect(implied).toEqual([60, 60, 60, 5, 5, null, null, null, null, null]);
    expect(policy({ 'cache-control': 'max-age=8' }, options, 302).freshS).toBe(8);
  });

  it('an Expires that is no date is in the past', () => {
    expect([policy({ expires: '0' }).freshS, policy({ expires: inS(-9) }).freshS]).toEqual([0, 0]);
  });

  it('stale windows come from the response before the options, and are closed by what demands revalidation', () => {
    const options = { ttl: 60, staleWhileRevalidate: 5, staleIfError: 6 };
    const windows = (headers: Record<string, string>) => {
      const { staleWhileRevalidateS, staleIfErrorS } = policy(headers, options);
      return [staleWhileRevalidateS, staleIfErrorS];
    };
    expect(windows({})).toEqual([5, 6]);
    expect(windows({ 'cache-control': 'max-age=1, stale-while-revalidate=7, stale-if-error=8' })).toEqual([
      7, 8,
    ]);
    for (const directive of ['must-revalidate', 'proxy-revalidate', 's-maxage=1', 'no-cache']) {
      expect(windows({ 'cache-control': `max-age=1, ${directive}` })).toEqual([0, 0]);
    }
  });
});

describe('the age at which a response arrives', () => {
  const age = (headers: Record<string, string>, tookMs = 0) =>
    initialAgeS({ headers: new Headers(headers), requestedAtMs: NOW - tookMs, receivedAtMs: NOW });

  it('is the larger of what Age and Date say', () => {
    expect(age({})).toBe(0);
    expect(age({ date: inS(-7) })).toBe(7);
    expect(age({ date: inS(7) })).toBe(0);
    expect(age({ date: inS(-7), age: '30' })).toBe(30);
  });

  it('ignores an Age that is no whole number, and counts the first of several', () => {
    for (const value of ['-1', '1.5', 'abc', '7;a=b', '']) expect(age({ age: value })).toBe(0);
    expect(age({ age: '7, 9' })).toBe(7);
  });

  it('contains the time on the way only behind another cache', () => {
    expect([age({}, 2_000), age({ age: '3' }, 2_000)]).toEqual([0, 5]);
  });
});

describe('dates', () => {
  it('are read in the three forms of HTTP and no other', () => {
    const ms = Date.UTC(1994, 10, 6, 8, 49, 37);
    for (const text of [
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ]) {
      expect(parseHttpDate(text)).toBe(ms);
    }
    for (const text of [
      '0',
      '1994-11-06T08:49:37Z',
      'Sun, 06 Nov 1994 08:49:37 UTC',
      'Sun, 06 Nope 1994 08:49:37 GMT',
    ]) {
      expect(parseHttpDate(text)).toBeNull();
    }
    expect(parseHttpDate('Sunday, 06-Nov-80 08:49:37 GMT', NOW)).toBe(Date.UTC(1980, 10, 6, 8, 49, 37));
  });
});

describe('ranges', () => {
  it.each<[string | null, string]>([
    [null, 'whole'],
    ['bytes=0-0', '0-0'],
    ['bytes=5-', '5-9'],
    ['bytes=5-100', '5-9'],
    ['bytes=-100', '0-9'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=5-4', 'whole'],
    ['bytes=0-1,3-4', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=-', 'whole'],
  ])('%s of ten bytes', (field, expected) => {
    const range = rangeOf(field, 10);
    expect(range.kind === 'part' ? `${range.first}-${range.last}` : range.kind).toBe(expected);
  });
});
