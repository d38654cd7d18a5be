import type { Prisma } from '../generated/mysql/client.ts';
import { developmentPassword, hashPassword } from './password.ts';

export interface Administrator {
  readonly email: string;
  readonly password: string;
}

export interface AdministratorWish {
  /** ADMIN_EMAIL. */
  readonly email: string;
  /** ADMIN_PASSWORD. */
  readonly password: string | undefined;
  readonly production: boolean;
}

/** Whom to create, or `undefined`: production without a password of its own gets no administrator. */
export function administratorFrom({
  email,
  password,
  production,
}: AdministratorWish): Administrator | undefined {
  if (password !== undefined) return { email, password };
  return production ? undefined : { email, password: developmentPassword };
}

/**
 * Creates the administrator unless the address has an account: its password and role are then its own business.
 * Resolves to the number of users created.
 */
export async function seedAdministrator(
  tx: Prisma.TransactionClient,
  administrator: Administrator,
): Promise<number> {
  const email = administrator.email.toLowerCase();
  if ((await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null) return 0;
  const passwordHash = await hashPassword(administrator.password);
  await tx.user.create({ data: { email, name: 'Administrator', passwordHash, role: 'admin' } });
  return 1;
}
