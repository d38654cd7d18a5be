import 'server-only';
import type { RequestFacts } from '@tbi/auth-redis';
import { cookies, headers } from 'next/headers';
import { addressOf } from '../client-address.ts';
import { sessionCookie } from './session-cookie.ts';

/** What the session store gets to know of the request that is being answered. */
export async function requestFacts(): Promise<RequestFacts> {
  const [jar, given] = [await cookies(), await headers()];
  return {
    userAgent: given.get('user-agent'),
    address: addressOf(given.get('x-forwarded-for')),
    sessionToken: jar.get(sessionCookie().name)?.value ?? null,
  };
}
