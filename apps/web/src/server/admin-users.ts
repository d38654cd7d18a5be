import 'server-only';
import type { Prisma } from '@tbi/database';
import { notFound } from 'next/navigation';
import type { Role } from './auth/roles.ts';
import { hasRole } from './auth.ts';
import type { Page } from './catalogue/views.ts';
import { withDatabase } from './database.ts';

/** What administrators read of users: never cached. Everybody else gets the not-found page. */

export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  /** ISO 8601. */
  readonly createdAt: string;
}

const usersPerPage = 25;
const select = { id: true, email: true, name: true, role: true, createdAt: true } as const;

/** All users, the newest first. Searches addresses and names. A page beyond the last is the last one. */
export async function listUsersForAdmin(query: {
  readonly q: string;
  readonly page: number;
}): Promise<Page<UserRow>> {
  if (!(await hasRole('admin'))) notFound();
  const where: Prisma.UserWhereInput =
    query.q === ''
      ? {}
      : { OR: [{ email: { contains: query.q.toLowerCase() } }, { name: { contains: query.q } }] };
  const total = await withDatabase((client) => client.user.count({ where }));
  const pageCount = Math.max(1, Math.ceil(total / usersPerPage));
  const page = Math.min(query.page, pageCount);
  const rows = await withDatabase((client) =>
    client.user.findMany({
      where,
      select,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * usersPerPage,
      take: usersPerPage,
    }),
  );
  return { items: rows.map(toRow), total, page, pageCount, pageSize: usersPerPage };
}

/** `null`: there is no user with this id. */
export async function getUserForAdmin(id: string): Promise<UserRow | null> {
  if (!(await hasRole('admin'))) notFound();
  if (id.length > 36) return null;
  const row = await withDatabase((client) => client.user.findUnique({ where: { id }, select }));
  return row && toRow(row);
}

function toRow(row: {
  id: string;
  email: string;
  name: string | null;
  role: Role;
  createdAt: Date;
}): UserRow {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
