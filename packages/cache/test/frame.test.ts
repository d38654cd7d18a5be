import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, decodeHeader, encodeFrame, FRAME_HEADER_BYTES } from '../src/frame.ts';
import { entryId } from '../src/keys.ts';
import { formatPosition, parsePosition } from '../src/position.ts';
import { entry, position } from './arbitraries.ts';

describe('frames', () => {
  it('round-trip every entry', () => {
    fc.assert(
      fc.property(entry, (original) => {
        expect(decodeFrame(encodeFrame(original))).toEqual(original);
      }),
    );
  });

  it('cost less than 100 bytes beside tags and payload', () => {
    expect(FRAME_HEADER_BYTES).toBeLessThan(100);
  });

  it('are null, never an error, for any other bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(bytes, entry, fc.nat(), (junk, original, cut) => {
        decodeFrame(junk);
        const frame = encodeFrame(original);
        const prefix = frame.subarray(0, cut % frame.length);
        const decoded = decodeFrame(prefix);
        if (prefix.length < FRAME_HEADER_BYTES) expect(decoded).toBeNull();
        decodeFrame(Buffer.concat([prefix, junk]));
        decodeHeader(Buffer.concat([frame.subarray(0, 4), junk]));
      }),
    );
  });
});

describe('positions', () => {
  it('round-trip as stream ids and compare like them', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        expect(parsePosition(formatPosition(a))).toBe(a);
        const [aMs, aSeq] = formatPosition(a).split('-').map(BigInt) as [bigint, bigint];
        const [bMs, bSeq] = formatPosition(b).split('-').map(BigInt) as [bigint, bigint];
        expect(a < b).toBe(aMs < bMs || (aMs === bMs && aSeq < bSeq));
      }),
    );
  });
});

describe('entry names', () => {
  it('are injective, whatever the keys', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 400 }),
      fc.constantFrom('~', '~~', 'a:b', 'a', '\ud800', '\ud801', '�'),
    );
    const kind = fc.constantFrom('page', 'fetch', 'page-data');
    fc.assert(
      fc.property(kind, key, kind, key, (kindA, keyA, kindB, keyB) => {
        const same = kindA === kindB && keyA === keyB;
        expect(entryId(kindA, keyA) === entryId(kindB, keyB)).toBe(same);
        expect(Buffer.byteLength(entryId(kindA, keyA))).toBeLessThanOrEqual(250);
      }),
    );
  });

  it('are refused for kinds that could run into keys', () => {
    expect(() => entryId('a:b', 'c')).toThrow(TypeError);
  });
});
