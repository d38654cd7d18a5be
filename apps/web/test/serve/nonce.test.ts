import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNonces, createNonce, createNonceReplacer, NONCE_LENGTH } from '../../src/serve/nonce.ts';

const placeholder = 'a'.repeat(8) + createNonce().slice(8);
const nonce = createNonce();

describe('the placeholder of the nonces', () => {
  it('is replaced wherever it stands, however the bytes are cut, and nothing else changes', () => {
    // Parts of it too, so that what only begins like it is met often.
    const piece = fc.oneof(
      fc.constant(placeholder),
      fc.integer({ min: 1, max: NONCE_LENGTH - 1 }).map((length) => placeholder.slice(0, length)),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(200), { maxLength: 12 }),
        (pieces, cuts) => {
          const bytes = Buffer.from(pieces.join(''));
          const ends = [...new Set(cuts)].filter((at) => at < bytes.length).sort((a, b) => a - b);
          const chunks = [...ends, bytes.length].map((end, index) =>
            bytes.subarray(ends[index - 1] ?? 0, end),
          );
          const replacer = createNonceReplacer(placeholder, nonce);
          const sent = Buffer.concat([...chunks.map((chunk) => replacer.push(chunk)), replacer.flush()]);
          expect(sent.toString()).toBe(pieces.join('').replaceAll(placeholder, nonce));
          expect(sent.length).toBe(bytes.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stays in the page that is cached: only what is sent changes', () => {
    const cached = Buffer.from(`<script nonce="${placeholder}">`);
    createNonceReplacer(placeholder, nonce).push(cached);
    expect(cached.toString()).toContain(placeholder);
  });

  it('holds nothing back that cannot be its beginning', () => {
    const replacer = createNonceReplacer(placeholder, nonce);
    expect(replacer.push(Buffer.from('<p>done</p>')).toString()).toBe('<p>done</p>');
  });

  it('is given to every script of a prerendered page that has none', () => {
    expect(addNonces('<script>a</script><script src="x" async=""></script><scripted>', 'N')).toBe(
      '<script nonce="N">a</script><script nonce="N" src="x" async=""></script><scripted>',
    );
    expect(addNonces('<script nonce="other">a</script>', 'N')).toBe('<script nonce="other">a</script>');
  });

  it('gives way to a nonce of the same length that nobody can guess', () => {
    const nonces = new Set(Array.from({ length: 100 }, createNonce));
    expect(nonces.size).toBe(100);
    for (const one of nonces) expect(one).toMatch(/^[0-9a-f]{32}$/);
  });
});
