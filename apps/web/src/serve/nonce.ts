import { randomBytes } from 'node:crypto';

/**
 * Scripts in a page carry a nonce, which has to be another one for each response; but pages are cached, the same for
 * everybody. So they are rendered and stored with a placeholder that only this build knows, and every response gets a
 * fresh nonce of the same length in its place: lengths and offsets stay what they were.
 *
 * The placeholder is a secret: markup that somebody smuggled into a page does not have it, hence no valid nonce.
 */
export const NONCE_LENGTH = 32;

export const createNonce = () => randomBytes(NONCE_LENGTH / 2).toString('hex');

/** Gives the scripts of a page that the build prerendered, which had no request to take a nonce from, the placeholder. */
export function addNonces(html: string, placeholder: string): string {
  return html.replaceAll(/<script(?![^>]*\snonce=)(?=[\s>])/g, `<script nonce="${placeholder}"`);
}

export interface NonceReplacer {
  /** What may be sent now of everything passed so far. */
  push(chunk: Buffer): Buffer;
  /** What was held back because it might have been the beginning of a placeholder. */
  flush(): Buffer;
}

/** Replaces every placeholder in a stream of bytes, also where one is cut by the end of a chunk. */
export function createNonceReplacer(placeholder: string, nonce: string): NonceReplacer {
  const wanted = Buffer.from(placeholder, 'latin1');
  let held: Buffer = Buffer.alloc(0);

  return {
    push(chunk) {
      // A copy: what came in may be a cached page that others are being sent too.
      const bytes = Buffer.concat([held, chunk]);
      for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + wanted.length)) {
        bytes.write(nonce, at, 'latin1');
      }
      const ready = bytes.length - beginningAtEnd(bytes, wanted);
      held = bytes.subarray(ready);
      return bytes.subarray(0, ready);
    },
    flush() {
      const rest = held;
      held = Buffer.alloc(0);
      return rest;
    },
  };
}

/** How many bytes at the end of `bytes` are the beginning of `wanted`, but not all of it. */
function beginningAtEnd(bytes: Buffer, wanted: Buffer): number {
  for (let length = Math.min(wanted.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(wanted.subarray(0, length))) return length;
  }
  return 0;
}
