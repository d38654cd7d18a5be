import 'server-only';
import type { SessionInfo } from '@tbi/auth-redis';
import { notFound } from 'next/navigation';
import { sessionStore } from './auth/session-store.ts';
import { currentSessionToken, getCurrentUser, hasRole } from './auth.ts';

/** Sessions as pages show them. Null: they are kept in cookies, and nobody can list them. */
export type SessionList = readonly SessionRow[] | null;

export interface SessionRow {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly browser: string | null;
  readonly network: string | null;
  readonly current: boolean;
}

const toRow = (session: SessionInfo): SessionRow => ({
  id: session.id,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  browser: session.browser,
  network: session.addressPrefix,
  current: session.current,
});

/** The signed-in user's own; none for a visitor. */
export async function listOwnSessions(): Promise<SessionList> {
  const store = sessionStore();
  if (store === null) return null;
  const user = await getCurrentUser();
  if (user === null) return [];
  return (await store.control.list(user.id, (await currentSessionToken()) ?? undefined)).map(toRow);
}

/** Another user's, for administrators. */
export async function listSessionsForAdmin(userId: string): Promise<SessionList> {
  if (!(await hasRole('admin'))) notFound();
  const store = sessionStore();
  return store === null ? null : (await store.control.list(userId)).map(toRow);
}
