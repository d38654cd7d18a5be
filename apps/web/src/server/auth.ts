import 'server-only';
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { redisAdapter } from './auth/adapter.ts';
import { userOfCookieNow } from './auth/cookie-token.ts';
import { authOptions } from './auth/options.ts';
import { includesRole, type Role } from './auth/roles.ts';
import { sessionCookie } from './auth/session-cookie.ts';
import { isOutage } from './auth/session-store.ts';
import type { SiteUser } from './auth/user-store.ts';

export interface CurrentUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
}

/**
 * Who is signed in, according to the database now, or `null`. Reads the request's cookies, so that a page calls it
 * inside `<Suspense>`.
 *
 * @throws `ERR_REDIS_…`, `ERR_DATABASE_UNAVAILABLE`: it cannot be known, and nobody may be taken for a visitor.
 */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  // next-auth draws random numbers even for visitors, which Next allows only when a request is answered.
  await connection();
  const adapter = redisAdapter();
  const user = adapter === null ? await userOfCookie() : await userOfSession(adapter);
  if (user === null) return null;
  const { id, email, name, role } = user;
  return { id, email, name, role };
});

/** The same for pages that are everybody's: while the sessions are away, `null` as for a visitor. */
export async function getCurrentUserIfKnown(): Promise<CurrentUser | null> {
  try {
    return await getCurrentUser();
  } catch (error) {
    if (isOutage(error)) return null;
    throw error;
  }
}

async function userOfSession(
  adapter: NonNullable<ReturnType<typeof redisAdapter>>,
): Promise<SiteUser | null> {
  const token = await currentSessionToken();
  return token === null ? null : ((await adapter.getSessionAndUser(token))?.user ?? null);
}

/**
 * A cookie cannot be taken back: one from before the user's last change of password or role is none any more. Nor is one
 * of 90 days, which next-auth is told not to read (`renewToken`).
 */
async function userOfCookie(): Promise<SiteUser | null> {
  const session = await getServerSession(authOptions());
  if (!session?.user.id) return null;
  const user = await userOfCookieNow(session.user.id);
  return user?.authVersion === session.authVersion ? user : null;
}

/** The token of the session that the browser has presented. */
export async function currentSessionToken(): Promise<string | null> {
  return (await cookies()).get(sessionCookie().name)?.value ?? null;
}

/** Whether somebody is signed in who has this role (or a higher one) now, according to the database. */
export async function hasRole(required: Role): Promise<boolean> {
  const user = await getCurrentUser();
  return user !== null && includesRole(user.role, required);
}

/**
 * The signed-in user; a visitor is sent to the sign-in page.
 *
 * @param returnTo Path of the page, with its locale: where to go on after signing in.
 */
export async function requireUser(returnTo: string): Promise<CurrentUser> {
  const user = await getCurrentUser();
  if (user !== null) return user;
  const [, locale] = returnTo.split('/');
  return redirect(`/${locale}/sign-in?${new URLSearchParams({ callbackUrl: returnTo })}`);
}

/**
 * The same for pages that need a role. Whoever is signed in without it is told that there is no such page.
 * To be called by every page of admin and by every read that it makes; actions call `hasRole`.
 */
export async function requireRole(required: Role, returnTo: string): Promise<CurrentUser> {
  const user = await requireUser(returnTo);
  return includesRole(user.role, required) ? user : notFound();
}
