import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { authError } from './errors.ts';

/** Makes stored text of a text, and back. `place` is where it is stored: a seal moved elsewhere does not open. */
export interface Seal {
  /** Whether what is sealed can be read by nobody who only has the Redis. */
  readonly encrypts: boolean;
  close(text: string, place: string): string;
  /** @throws `ERR_AUTH_UNREADABLE` */
  open(stored: string, place: string): string;
}

/** As the last of the keys: also read what was stored before there were any. */
export const PLAIN = 'plain';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PLAIN_MARK = 'p.';

/**
 * AES-256-GCM with random 96-bit nonces (NIST SP 800-38D, which allows 2^32 of them per key). Stored text is
 * `<id of the key>.<base64url of nonce, ciphertext, tag>`; the place is authenticated with it.
 *
 * @param keys 32 bytes in base64 each, the newest first: it seals, all of them open. Empty: nothing is encrypted.
 * @throws `ERR_AUTH_OPTIONS`, which shows no key.
 */
export function createSeal(keys: readonly string[]): Seal {
  const readsPlain = keys.length === 0 || keys.at(-1) === PLAIN;
  const ring = keys.filter((key, i) => key !== PLAIN || i !== keys.length - 1).map(readKey);
  const [newest] = ring;

  return {
    encrypts: newest !== undefined,
    close(text, place) {
      if (newest === undefined) return PLAIN_MARK + text;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest.bytes, nonce).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${newest.id}.${sealed.toString('base64url')}`;
    },
    open(stored, place) {
      if (stored.startsWith(PLAIN_MARK)) {
        if (readsPlain) return stored.slice(PLAIN_MARK.length);
        throw unreadable();
      }
      const [id = '', body = ''] = stored.split('.', 2);
      const key = ring.find((candidate) => candidate.id === id);
      const sealed = Buffer.from(body, 'base64url');
      if (key === undefined || sealed.length < NONCE_BYTES + TAG_BYTES) throw unreadable();
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw unreadable();
      }
    },
  };
}

interface SealKey {
  readonly id: string;
  readonly bytes: Buffer;
}

function readKey(text: string): SealKey {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw authError(
      'ERR_AUTH_OPTIONS',
      'encryptionKeys: each must be 32 bytes in base64, for example the output of `openssl rand -base64 32`; ' +
        `the last may be \`${PLAIN}\`.`,
    );
  }
  return { id: createHash('sha256').update(bytes).digest('base64url').slice(0, 8), bytes };
}

function unreadable() {
  return authError(
    'ERR_AUTH_UNREADABLE',
    'Stored data cannot be opened: its key is not among encryptionKeys, or it was changed or moved.',
  );
}
