import { hash, verify } from '@node-rs/argon2';

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane; some 30 ms on one core. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The administrator's where nobody chose one. Everybody knows it: sign-in in production must refuse it. */
export const developmentPassword = 'development-only';

/** A hash that carries its own salt and parameters, for `User.passwordHash`. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, argon2id);
}

/**
 * Whether the password is the hash's. `null` (no such user, or a user without a password) costs the same time
 * as a wrong password, so that response times do not tell which accounts exist. A hash that cannot be read
 * matches nothing.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  try {
    const matches = await verify(passwordHash ?? (await unmatchableHash()), password);
    return matches && passwordHash !== null;
  } catch {
    return false;
  }
}

let unmatchable: Promise<string> | undefined;

function unmatchableHash(): Promise<string> {
  unmatchable ??= hashPassword(crypto.randomUUID());
  return unmatchable;
}
