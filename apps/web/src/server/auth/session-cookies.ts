import 'server-only';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from './options.ts';

/**
 * Signing in and out from server actions, so that the forms work without JavaScript. next-auth's own endpoints
 * do the work; they are called with a CSRF token of their own, because Next has already checked where an
 * action comes from.
 */
export async function startSession(
  email: string,
  password: string,
): Promise<'signed-in' | 'credentials' | 'too-many' | 'unavailable'> {
  const { url } = await post(['callback', 'credentials'], { email, password });
  // Without an address to go on to, it is about next-auth's own settings, which it has logged.
  if (url === undefined) return 'unavailable';
  const error = new URL(url, origin).searchParams.get('error');
  if (error === null) return 'signed-in';
  if (error === 'CredentialsSignin') return 'credentials';
  return error === 'too-many' ? 'too-many' : 'unavailable';
}

export async function endSession(): Promise<void> {
  await post(['signout'], {});
}

/** Stands for the site in the calls; nothing is sent to it. */
const origin = 'http://this-site.invalid';

async function post(action: string[], fields: Record<string, string>): Promise<{ url?: string }> {
  const { csrfToken } = await call<{ csrfToken: string }>(['csrf'], { method: 'GET' });
  return call(action, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...fields, csrfToken, json: 'true' }),
  });
}

/** One call of next-auth's route handler. It reads cookies from the action's scope, so those that it sets go there. */
async function call<Answer>(
  action: string[],
  init: { method: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> {
  const request = new NextRequest(`${origin}/api/auth/${action.join('/')}`, init);
  const context = { params: Promise.resolve({ nextauth: action }) };
  const response: Response = await NextAuth(request, context, authOptions());
  const jar = await cookies();
  // NextResponse only serves to parse the Set-Cookie headers.
  for (const cookie of new NextResponse(null, { headers: response.headers }).cookies.getAll())
    jar.set(cookie);
  return response.json();
}
