import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyParts, primaryKey, variantKey } from '../src/key.ts';
import { selectionOf } from '../src/vary.ts';

/** Any text, lone surrogates included, and texts that look like parts of others. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'a', '1:a', 'shared', 'user a', '\ud800', '\ud801'),
);
const parts: fc.Arbitrary<KeyParts> = fc.record({
  user: fc.option(text),
  origin: text,
  path: text,
  query: text,
  generated: fc.option(text),
  selection: text,
});

/** What distinguishes two requests: the generator's text stands in the place of the query. */
const meaning = ({ query, ...rest }: KeyParts) =>
  JSON.stringify({ ...rest, query: rest.generated === null ? query : null });

describe('keys', () => {
  it('are equal for equal requests and for no others', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(primaryKey(a) === primaryKey(b)).toBe(meaning(a) === meaning(b));
        expect(primaryKey({ ...a })).toBe(primaryKey(a));
      }),
      { numRuns: 2_000 },
    );
  });

  it('differ when two neighbouring parts are cut at another place', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        fc.pre(b !== '');
        const rest = { user: null, query: '', generated: null, selection: '' };
        expect(primaryKey({ ...rest, origin: a + b, path: c })).not.toBe(
          primaryKey({ ...rest, origin: a, path: b + c }),
        );
      }),
    );
  });

  it('have a fixed size and safe letters, whatever is in them', () => {
    fc.assert(
      fc.property(parts, fc.array(text), text, (asked, names, selection) => {
        const key = primaryKey(asked);
        expect([key, variantKey(key, names, selection)]).toEqual([
          expect.stringMatching(/^[\w-]{43}$/),
          expect.stringMatching(/^[\w-]{43}$/),
        ]);
      }),
    );
  });
});

describe('selections', () => {
  const value = fc.string({ unit: fc.constantFrom('a', 'b', 'B', ',', ' ', '"', ':', '1', '-') });

  it('are equal only when fields say the same, but for space, empty members and the case of languages', () => {
    const says = (name: string, field: string | undefined) => {
      if (field === undefined) return null;
      const trimmed = field.trim();
      if (trimmed.includes('"')) return trimmed;
      const members = trimmed.split(',').map((member) => member.trim());
      const list = members.filter((member) => member !== '').join();
      return name === 'accept-language' ? list.toLowerCase() : list;
    };
    const fields = fc.record({ 'accept-language': value, foo: value }, { requiredKeys: [] });
    const names = ['accept-language', 'foo'] as const;
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const same = names.every((name) => says(name, a[name]) === says(name, b[name]));
        const selection = (of: typeof a) => selectionOf(names, new Headers(of as Record<string, string>));
        expect(selection(a) === selection(b)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });
});
