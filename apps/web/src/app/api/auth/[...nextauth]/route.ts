import { inRequest } from '@tbi/auth-redis';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '../../../../server/auth/options.ts';
import { requestFacts } from '../../../../server/auth/request-facts.ts';
import { isOutage, sessionStore } from '../../../../server/auth/session-store.ts';
import { unavailable } from '../../../../server/auth/unavailable.ts';

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const facts = await requestFacts();
  try {
    // next-auth would go on without the store, and take the cookie of whoever signs out.
    if (facts.sessionToken) await sessionStore()?.control.check(facts.sessionToken);
  } catch (error) {
    if (isOutage(error)) return unavailable();
    throw error;
  }
  const [action] = (await context.params).nextauth;
  return inRequest({ ...facts, signingIn: action === 'callback', canSetCookies: true }, () =>
    NextAuth(request, context, authOptions()),
  );
}

export { handle as GET, handle as POST };
