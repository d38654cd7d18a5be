import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prisma } from '../generated/mysql/client.ts';
import { decodeAnswer, encodeAnswer } from '../src/answer-codec.ts';
import { copierOf } from '../src/copy-result.ts';
import { canonical, digest } from '../src/query-key.ts';
import { keyPart } from '../src/tags.ts';

const anything = fc.anything({
  withNullPrototype: true,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', '$type')),
});
const json = fc.jsonValue();

describe('keys', () => {
  it('are equal for equal values, whatever the order of their properties', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        expect(digest(Object.fromEntries(Object.entries(value).reverse()))).toBe(digest(value));
      }),
    );
  });

  it('differ for values that differ in anything', () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        const [first, second] = [canonical(a), canonical(b)];
        if (first === null || first !== second) return;
        expect(normal(a)).toEqual(normal(b));
      }),
      { numRuns: 500 },
    );
    const alike = [
      0,
      -0,
      '0',
      null,
      Number.NaN,
      'NaN',
      [],
      {},
      '',
      [0],
      ['0'],
      '[0]',
      true,
      'true',
      [[]],
      [null],
    ];
    expect(new Set(alike.map(digest)).size).toBe(alike.length);
  });

  it('do not exist for what cannot be compared', () => {
    for (const value of [new Date(), new Map(), 1n, () => 1, Symbol('x'), new (class Odd {})(), /x/]) {
      expect(digest({ where: { value } })).toBeNull();
    }
  });

  it('have 256 bits', () => {
    expect(Buffer.from(digest({}) ?? '', 'base64url')).toHaveLength(32);
  });
});

/** Properties without a value are not there, for Prisma either. */
const normal = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, normal(member)]);
};

describe('stored answers', () => {
  it('come back as they were, or are not stored', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const json = encodeAnswer(value);
        if (json !== null) expect(decodeAnswer(json)).toEqual(value);
      }),
      { numRuns: 500 },
    );
    for (const value of [
      -0,
      Number.NaN,
      1n,
      new Date(),
      undefined,
      [undefined],
      { x: undefined },
      new Uint8Array(1),
    ]) {
      expect(encodeAnswer(value)).toBeNull();
    }
  });
});

describe('copies of results', () => {
  it('are the same and share nothing, or are not made', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const copier = copierOf(value);
        if (copier === null) return;
        const [copy, another] = [copier(), copier()];
        expect(copy).toEqual(value);
        expect(sharedParts(copy, value)).toEqual([]);
        expect(sharedParts(copy, another)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    const row = {
      moment: new Date(5),
      money: new Prisma.Decimal('12345678901234567890.123456789'),
      bytes: new Uint8Array([1, 2]),
      json: [{ a: [null, 1.5] }],
      big: 1n,
    };
    const copy = copierOf(row)?.();
    expect(copy).toStrictEqual(row);
    const named = copierOf(JSON.parse('{"__proto__":{"polluted":true}}'))?.();
    expect(Object.entries(named ?? {})).toEqual([['__proto__', { polluted: true }]]);
    expect(named).not.toHaveProperty('polluted');
    expect(sharedParts(copy, row)).toEqual([]);
    for (const odd of [new Map(), new (class Odd {})(), () => 1, Buffer.alloc(1)]) {
      expect(copierOf({ odd: [odd] })).toBeNull();
    }
  });
});

/** Objects that are in both. */
function sharedParts(a: unknown, b: unknown): unknown[] {
  const parts = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];
  const others = new Set(parts(b));
  return parts(a).filter((part) => others.has(part) && typeof part !== 'function');
}

describe('the tag of a row', () => {
  it('is the same for what a database may hold equal, and does not exist for what may be equal to more', () => {
    expect(keyPart('ABC-y', 'text')).toBe(keyPart('abc-Y', 'text'));
    expect(keyPart('Kiwi', 'text')).toBe(keyPart('kYvI', 'text'));
    expect(keyPart('jury', 'text')).toBe(keyPart('IWRJ', 'text'));
    expect(keyPart('Chair', 'text')).toBe(keyPart('cair', 'text'));
    expect(keyPart(7, 'number')).toBe(keyPart('007', 'number'));
    expect(keyPart(7n, 'number')).toBe(keyPart(7, 'number'));
    for (const value of ['é', 'a b', 'a ', '', 'a@b.c', 5, null, undefined, {}])
      expect(keyPart(value, 'text')).toBeNull();
    for (const value of [1.5, '5a', ' 5', '', null, 2 ** 60, true, {}])
      expect(keyPart(value, 'number')).toBeNull();
  });
});
