import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToText, textToBytes } from '../src/text-bytes.ts';
import { decodeUseCache, encodeUseCache } from '../src/use-cache-codec.ts';
import { decodeValue, encodeValue } from '../src/value-codec.ts';
import { anyCacheControl, anyValue, page } from './helpers/values.ts';

describe('values of cacheHandler', () => {
  test('every value comes back as it was, byte for byte', () => {
    fc.assert(
      fc.property(anyValue, anyCacheControl, (value, cacheControl) => {
        // What is undefined may be missing afterwards: Next does not tell them apart.
        expect(decodeValue(encodeValue({ value, cacheControl }))).toEqual({ value, cacheControl });
      }),
    );
  });

  test('a not-found page is a value', () => {
    expect(decodeValue(encodeValue({ value: null, cacheControl: { revalidate: 60 } }))).toEqual({
      value: null,
      cacheControl: { revalidate: 60 },
    });
  });

  test('a result of undefined is a value, told from the text of null and from none', () => {
    for (const body of [undefined, 'null', '']) {
      const data = { headers: {}, body, status: 200, url: '' };
      const { value } = decodeValue(encodeValue({ value: { kind: 'FETCH', data, revalidate: 60 } }));
      expect(value).toEqual({ kind: 'FETCH', data, revalidate: 60 });
    }
  });

  test('fetched bytes are stored raw, not as base64', () => {
    const body = Buffer.alloc(30_000, 7).toString('base64');
    const data = { headers: {}, body, url: 'http://localhost/' };
    expect(encodeValue({ value: { kind: 'FETCH', data, revalidate: 60 } }).length).toBeLessThan(30_300);
  });

  test('decoding copies no bytes', () => {
    const payload = encodeValue({ value: page('x', '', { rscData: Buffer.alloc(1000, 1) }) });
    const { value } = decodeValue(payload);
    expect(value?.kind === 'APP_PAGE' && value.rscData?.buffer).toBe(payload.buffer);
  });

  test('a payload that is cut off or of another version is refused', () => {
    const payload = encodeValue({ value: page('some html', 'a,b', { rscData: Buffer.from('rsc') }) });
    for (let length = 0; length < payload.length; length += 1) {
      expect(() => decodeValue(payload.subarray(0, length))).toThrow();
    }
    const other = Buffer.from(payload);
    other[0] = 99;
    expect(() => decodeValue(other)).toThrow('another version');
  });
});

/** Every UTF-16 unit, paired or not. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

test('text comes back character for character in every encoding', () => {
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, mayBeBase64) => {
      const { bytes, encoding } = textToBytes(text, { mayBeBase64 });
      expect(bytesToText(bytes, encoding)).toBe(text);
    }),
  );
});

describe("results of 'use cache'", () => {
  const seconds = fc.oneof(fc.double({ noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));

  test('come back as they were', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.option(fc.array(anyText), { nil: undefined }),
        seconds,
        seconds,
        seconds,
        (array, tags, stale, expire, revalidate) => {
          const stored = { bytes: Buffer.from(array), tags, stale, expire, revalidate };
          expect(decodeUseCache(encodeUseCache(stored))).toEqual(stored);
        },
      ),
    );
  });

  test('of another version are none', () => {
    const payload = encodeUseCache({ bytes: Buffer.from('x'), stale: 1, expire: 2, revalidate: 3 });
    expect(decodeUseCache(payload.subarray(0, 20))).toBeNull();
    payload[0] = 99;
    expect(decodeUseCache(payload)).toBeNull();
  });
});
