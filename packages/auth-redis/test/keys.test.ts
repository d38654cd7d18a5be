import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authKeys } from '../src/keys.ts';

const keys = authKeys('p:', undefined);
// Any bytes: separators, quotes, lone surrogates, nothing at all.
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ':', '","', '\u0000', '\ud800', '\udfff', '\ufffd'),
);

const all: readonly ((a: string, b: string) => string)[] = [
  (a) => keys.sessionId(a),
  (a) => keys.userId(a),
  (a) => keys.authenticatorId(a),
  (a, b) => keys.accountId(a, b),
  (a, b) => keys.tokenId(a, b),
];

describe('the name of a key', () => {
  it('is of one part only, whatever the bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(new Set(all.map((id) => id(a, b))).size).toBe(all.length);
      }),
    );
  });

  it('is of one pair only: nothing moves from one half to the other', () => {
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        fc.pre(a !== c || b !== d);
        expect(keys.accountId(a, b)).not.toBe(keys.accountId(c, d));
        expect(keys.tokenId(a, b)).not.toBe(keys.tokenId(c, d));
      }),
      {
        examples: [
          ['a', 'b', 'ab', ''],
          ['\ud800', 'x', '\ufffd', 'x'],
          ['a","b', 'c', 'a', 'b","c'],
        ],
      },
    );
  });

  it('has one hash tag, and no character of what it stands for', () => {
    expect(keys.key('s', keys.sessionId('token}{'))).toMatch(/^p:\{auth\}:s:[\w-]{43}$/);
  });
});
