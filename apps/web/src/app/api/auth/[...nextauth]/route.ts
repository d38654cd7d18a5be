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

/**
 * What the site's forms have done by next-auth themselves (next-auth-calls.ts), after they have counted who asks for
 * links, and asked whoever opens one for a click. Past the forms nobody gets it done.
 */
function isForFormsAlone([action, provider]: readonly string[]): boolean {
  return provider === 'email' || (action === 'signin' && provider === 'credentials');
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const path = (await context.params).nextauth;
  if (isForFormsAlone(path)) return new Response('There is nothing here.', { status: 404 });
  const facts = await requestFacts();
  try {
    // next-auth would go on without the store, and take the cookie of whoever signs out.
    if (facts.sessionToken) await sessionStore()?.control.check(facts.sessionToken);
  } catch (error) {
    if (isOutage(error)) return unavailable();
    throw error;
  }
  return inRequest({ ...facts, signingIn: path[0] === 'callback', canSetCookies: true }, () =>
    NextAuth(request, context, authOptions()),
  );
}

export { handle as GET, handle as POST };
