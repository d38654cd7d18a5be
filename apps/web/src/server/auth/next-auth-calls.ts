import 'server-only';
import { inRequest } from '@tbi/auth-redis';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { logError, logger } from '../log.ts';
import { authOptions } from './options.ts';
import { requestFacts } from './request-facts.ts';
import { sessionCookie } from './session-cookie.ts';
import { sessionStore } from './session-store.ts';

/**
 * Signing in and out from server actions, so that the forms work without JavaScript. next-auth's own endpoints
 * do the work; they are called with a CSRF token of their own, because Next has already checked where an
 * action comes from.
 */
export async function startSession(
  email: string,
  password: string,
): Promise<'signed-in' | 'credentials' | 'too-many' | 'unavailable'> {
  const error = errorOf(await tryPost(['callback', 'credentials'], { email, password }));
  if (error === null) return 'signed-in';
  if (error === 'CredentialsSignin') return 'credentials';
  return error === 'too-many' ? 'too-many' : 'unavailable';
}

/** Has a sign-in link sent. @param returnTo Path of a page of the site, with its locale. */
export async function requestLink(email: string, returnTo: string): Promise<'sent' | 'unavailable'> {
  const answer = await tryPost(['signin', 'email'], { email, callbackUrl: returnTo });
  return errorOf(answer) === null ? 'sent' : 'unavailable';
}

/** Uses a sign-in link. `link`: it was used before, is too old, or never was one. */
export async function useLink(email: string, token: string): Promise<'signed-in' | 'link' | 'unavailable'> {
  const query = new URLSearchParams({ email, token });
  const response = await call(['callback', 'email'], `?${query}`, { method: 'GET' }).catch(logged);
  const error = errorOf(response && { url: response.headers.get('location') ?? undefined });
  if (error === null) return 'signed-in';
  return error === 'Verification' ? 'link' : 'unavailable';
}

/** Where to send the visitor for a sign-in with Google; null: it cannot be begun. */
export async function googleAddress(returnTo: string): Promise<string | null> {
  const answer = await tryPost(['signin', 'google'], { callbackUrl: returnTo });
  return errorOf(answer) === null ? (answer?.url ?? null) : null;
}

/** @throws `ERR_REDIS_…` where the session cannot be ended: then the visitor keeps it and is told. */
export async function endSession(): Promise<void> {
  const store = sessionStore();
  if (store === null) {
    await post(['signout'], {});
    return;
  }
  // next-auth would take the cookie and leave the session.
  const jar = await cookies();
  const { name, options } = sessionCookie();
  const token = jar.get(name)?.value;
  const userId = token ? await store.control.end(token) : null;
  // Browsers change a cookie whose name begins with `__Secure-` only with what says that it is one.
  jar.delete({ name, ...options });
  if (userId !== null) logger().info(`sign-out: user ${userId}`);
}

/** Stands for the site in the calls; nothing is sent to it. */
const origin = 'http://this-site.invalid';

interface Answer {
  readonly url?: string | undefined;
}

/** The error that an answer leads to. Without an address it is about next-auth's own settings, which it has logged. */
function errorOf(answer: Answer | undefined): string | null {
  if (answer?.url === undefined) return 'unavailable';
  return new URL(answer.url, origin).searchParams.get('error');
}

/** What could not be answered at all, for want of Redis or the database, is logged. */
function logged(error: unknown): undefined {
  logError('next-auth could not answer', error);
}

const tryPost = (action: string[], fields: Record<string, string>) => post(action, fields).catch(logged);

async function post(action: string[], fields: Record<string, string>): Promise<Answer> {
  const csrf = await call(['csrf'], '', { method: 'GET' });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const response = await call(action, '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...fields, csrfToken, json: 'true' }),
  });
  return response.json();
}

/** One call of next-auth's route handler. It reads cookies from the action's scope, so those that it sets go there. */
async function call(
  action: string[],
  search: string,
  init: { method: string; headers?: Record<string, string>; body?: string },
): Promise<Response> {
  const request = new NextRequest(`${origin}/api/auth/${action.join('/')}${search}`, init);
  const context = { params: Promise.resolve({ nextauth: action }) };
  const facts = { ...(await requestFacts()), signingIn: true };
  const response: Response = await inRequest(facts, () => NextAuth(request, context, authOptions()));
  const jar = await cookies();
  // NextResponse only serves to parse the Set-Cookie headers.
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll())
    jar.set(cookie);
  return response;
}
