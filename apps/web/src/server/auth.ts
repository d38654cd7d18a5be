import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { authOptions } from './auth/options.ts';
import { includesRole, type Role } from './auth/roles.ts';
import { withDatabase } from './database.ts';

export interface CurrentUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  /** As of the sign-in: good for what is shown, not for what is allowed (`hasRole`). */
  readonly role: Role;
}

/** Who is signed in, or `null`. Reads the request's cookies, so that a page calls it inside `<Suspense>`. */
export const getCurrentUser = cache(async (): Promise<CurrentUser | null> => {
  // next-auth draws random numbers even for visitors, which Next allows only when a request is answered.
  await connection();
  const session = await getServerSession(authOptions());
  return session?.user ?? null;
});

/** Whether somebody is signed in who has this role (or a higher one) now, according to the database. */
export const hasRole = cache(async (required: Role): Promise<boolean> => {
  const user = await getCurrentUser();
  if (user === null) return false;
  const stored = await withDatabase((client) =>
    client.user.findUnique({ where: { id: user.id }, select: { role: true } }),
  );
  return stored !== null && includesRole(stored.role, required);
});

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
  return (await hasRole(required)) ? user : notFound();
}
