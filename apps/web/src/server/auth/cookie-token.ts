import 'server-only';
import type { JWT } from 'next-auth/jwt';
import { cache } from 'react';
import { logError } from '../log.ts';
import { userStore } from './user-store.ts';

/** A session in a cookie ends after this, however often it is prolonged. As `absoluteMs` of those in Redis. */
const absoluteMs = 90 * 86_400_000;

/** The user now: one read for a page, which asks both as next-auth and as itself. */
export const userOfCookieNow = cache((id: string) => userStore.getUser(id));

/**
 * A session's token, to be prolonged. One that has ended must not be: whoever has a copy could keep it for ever.
 *
 * @throws `ERR_SESSION_ENDED`: 90 days old, or of another version of the user. next-auth then takes the cookie.
 */
export async function renewToken(token: JWT): Promise<JWT> {
  // Tokens from before sign-ins were dated tell when they were made.
  const signedInAt = token.signedInAt ?? Number(token.iat ?? 0) * 1000;
  if (Date.now() - signedInAt >= absoluteMs || !(await isCurrent(token))) {
    throw Object.assign(new Error('This session has ended.'), { code: 'ERR_SESSION_ENDED' });
  }
  return { ...token, signedInAt };
}

/** While the database is away, yes: an outage signs nobody out, and pages ask for the user themselves. */
async function isCurrent({ sub = '', authVersion }: JWT): Promise<boolean> {
  try {
    const user = await userOfCookieNow(sub);
    return user !== null && user.authVersion === authVersion;
  } catch (error) {
    logError('The user of a session could not be read', error);
    return true;
  }
}

export function isEndedSession(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SESSION_ENDED';
}
