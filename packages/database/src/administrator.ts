import type { Prisma } from '../generated/mysql/client.ts';
import { findUserByEmail, normaliseEmail } from './email-address.ts';
import { developmentPassword, hashPassword, verifyPassword } from './password.ts';

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

/** `secured`: the account had the development password, and has another one now. */
export type SeededAdministrator = 'created' | 'secured' | 'kept';

/**
 * Creates the administrator unless the address has an account: its password and role are then its own business, but for
 * the password of development, which everybody knows. It gives way to any other one, and what began with it ends.
 */
export async function seedAdministrator(
  tx: Prisma.TransactionClient,
  administrator: Administrator,
): Promise<SeededAdministrator> {
  const email = normaliseEmail(administrator.email);
  const account = await findUserByEmail(email, (where) => tx.user.findUnique({ where }));
  if (account === null) {
    const passwordHash = await hashPassword(administrator.password);
    await tx.user.create({ data: { email, name: 'Administrator', passwordHash, role: 'admin' } });
    return 'created';
  }
  if (administrator.password === developmentPassword) return 'kept';
  if (!(await verifyPassword(account.passwordHash, developmentPassword))) return 'kept';
  const { count } = await tx.user.updateMany({
    // Unless its owner has just chosen one.
    where: { id: account.id, passwordHash: account.passwordHash },
    data: { passwordHash: await hashPassword(administrator.password), authVersion: { increment: 1 } },
  });
  return count === 1 ? 'secured' : 'kept';
}

/** What whoever seeds is told of the administrator: a line, or none where nothing happened and nothing was asked for. */
export function describeAdministrator(
  administrator: Administrator | undefined,
  seeded: SeededAdministrator | null,
): string[] {
  if (administrator === undefined || seeded === null) {
    return ['No administrator was created: production needs ADMIN_PASSWORD for that.'];
  }
  const { email, password } = administrator;
  const known = password === developmentPassword;
  switch (seeded) {
    case 'created':
      return [
        `Administrator: ${email}, password: ${known ? `${password}, which production refuses` : 'ADMIN_PASSWORD'}`,
      ];
    case 'secured':
      return [`Administrator: ${email}, password: ADMIN_PASSWORD in place of ${developmentPassword}`];
    case 'kept':
      return known ? [] : [`Administrator: ${email} has an account already; its password stays as it is`];
  }
}
