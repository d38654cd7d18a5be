import { createHash, createHmac } from 'node:crypto';

/**
 * What a key is about; one letter, so that keys of different parts differ whatever the bytes of their ids.
 *
 * - `s` session, `i` index of a user's sessions, `e` epoch of a user's sessions
 * - `u` user, `m` e-mail address → user, `a` account, `l` index of a user's accounts
 * - `w` authenticator, `x` index of a user's authenticators
 * - `t` verification token, `k` index of an address's verification tokens
 */
export type Part = 's' | 'i' | 'e' | 'u' | 'm' | 'a' | 'l' | 'w' | 'x' | 't' | 'k';

export interface AuthKeys {
  /** Begins every key. All share one hash tag, hence one slot of a Cluster: scripts change several at once. */
  readonly base: string;
  key(part: Part, id: string): string;
  sessionId(sessionToken: string): string;
  userId(userId: string): string;
  /** Of what next-auth calls an identifier, too. */
  emailId(email: string): string;
  accountId(provider: string, providerAccountId: string): string;
  authenticatorId(credentialID: string): string;
  tokenId(identifier: string, token: string): string;
}

/**
 * Names that hold no secret: every id is SHA-256 of what it stands for (HMAC-SHA-256 with a pepper), in base64url.
 * Nobody who reads them can sign in, open a link or learn an address from them.
 */
export function authKeys(keyPrefix: string, pepper: string | undefined): AuthKeys {
  const base = `${keyPrefix}{auth}:`;

  /** JSON tells the parts of the text apart, and lone surrogates, which UTF-8 would make the same. */
  function idOf(...parts: readonly string[]): string {
    const hash = pepper === undefined ? createHash('sha256') : createHmac('sha256', pepper);
    return hash.update(JSON.stringify(parts)).digest('base64url');
  }

  return {
    base,
    key: (part, id) => `${base}${part}:${id}`,
    sessionId: (token) => idOf('session', token),
    userId: (id) => idOf('user', id),
    emailId: (email) => idOf('email', lowerCaseAscii(email)),
    accountId: (provider, id) => idOf('account', provider, id),
    authenticatorId: (id) => idOf('authenticator', id),
    tokenId: (identifier, token) => idOf('token', identifier, token),
  };
}

/** Begins the key of every session and of nothing else, for tools that count or clear them. */
export const sessionKeyPrefix = (keyPrefix: string) => `${authKeys(keyPrefix, undefined).base}s:`;

/**
 * Addresses are the same in either case. Only ASCII: `toLowerCase` makes `k` of the Kelvin sign, and whoever owns that
 * other address would be taken for the owner of this one.
 */
export function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
