import { authError } from './errors.ts';
import { type AuthKeys, authKeys } from './keys.ts';
import { createSeal, type Seal } from './seal.ts';

export interface AuthRedisOptions {
  /** Begins every key. Default `auth:`. Keep it apart from what anything else clears. */
  readonly keyPrefix?: string;
  /** A secret that goes into every hash. Changing it ends all sessions and loses all users. Default: none. */
  readonly pepper?: string;
  /**
   * Encrypts stored user data: 32 bytes in base64 each, the newest first. An old one may go when everything that it
   * sealed has ended; `plain` as the last also reads what was stored without encryption. Default: no encryption, and
   * the tokens of sign-in providers are then not stored at all.
   */
  readonly encryptionKeys?: readonly string[];
  /** A session that is not refreshed ends after this, in ms. Default 30 days. Give next-auth the same `maxAge`. */
  readonly maxAgeMs?: number;
  /** A session is refreshed at most so often, in ms. Default 1 day. */
  readonly updateAgeMs?: number;
  /** A session ends after this, however often it is refreshed, in ms. Default 90 days. */
  readonly absoluteMs?: number;
  /** How exact "last seen" is, in ms: reads write no more often than this. Default 5 minutes. */
  readonly seenEveryMs?: number;
  /** Sessions of one user; a further one ends that which was refreshed longest ago. Default 100. */
  readonly maxSessionsPerUser?: number;
  /** Links to one address that are open at a time; a further one ends the oldest. Default 10. */
  readonly maxTokensPerIdentifier?: number;
  /**
   * `RedisAdapter` only: a user who neither signs in nor is changed for so long is forgotten, in ms. Default 2 years.
   */
  readonly userIdleMs?: number;
}

export interface Resolved
  extends Required<Omit<AuthRedisOptions, 'keyPrefix' | 'pepper' | 'encryptionKeys'>> {
  readonly keys: AuthKeys;
  readonly seal: Seal;
  /** How long a user's epoch is remembered, in ms: longer than any session. */
  readonly keepMs: number;
}

const DAY_MS = 86_400_000;

/** @throws `ERR_AUTH_OPTIONS` */
export function resolveOptions(options: AuthRedisOptions): Resolved {
  const { keyPrefix = 'auth:', pepper, encryptionKeys = [], ...given } = options;
  const numbers = {
    maxAgeMs: 30 * DAY_MS,
    updateAgeMs: DAY_MS,
    absoluteMs: 90 * DAY_MS,
    seenEveryMs: 5 * 60_000,
    maxSessionsPerUser: 100,
    maxTokensPerIdentifier: 10,
    userIdleMs: 730 * DAY_MS,
    ...given,
  };
  for (const [name, value] of Object.entries(numbers)) {
    const least = name === 'updateAgeMs' || name === 'seenEveryMs' ? 0 : 1;
    if (!Number.isSafeInteger(value) || value < least) {
      throw authError('ERR_AUTH_OPTIONS', `${name}: expected a whole number of at least ${least}.`);
    }
  }
  if (numbers.userIdleMs < numbers.absoluteMs) {
    throw authError('ERR_AUTH_OPTIONS', 'userIdleMs: a user must be kept as long as a session (absoluteMs).');
  }
  const keepMs = Math.max(numbers.absoluteMs, numbers.maxAgeMs) + DAY_MS;
  return { ...numbers, keys: authKeys(keyPrefix, pepper), seal: createSeal(encryptionKeys), keepMs };
}
