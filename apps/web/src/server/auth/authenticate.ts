import { developmentPassword, verifyPassword } from '@tbi/database/password';
import { withDatabase } from '../database.ts';
import { environment } from '../env.ts';
import { accountThrottle, signInThrottle } from '../throttles.ts';
import type { Role } from './roles.ts';

export interface AuthenticatedUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
}

const longestEmail = 191;
const longestPassword = 1_000;

/**
 * The user whom an e-mail address and a password belong to; `null` when they do not match, after the same
 * work whether or not the account exists. In production the password of development matches nothing.
 *
 * @param address The sender's network address.
 * @throws `too-many` as the message, when the account or the address has used up its attempts.
 */
export async function authenticate(
  email: string,
  password: string,
  address: string,
): Promise<AuthenticatedUser | null> {
  const account = email.trim().toLowerCase();
  if (account.length > longestEmail || password.length > longestPassword) return null;
  const fromAddress = `${account} ${address}`;
  if (!signInThrottle().take(fromAddress) || !accountThrottle().take(account)) throw new Error('too-many');
  const user = await withDatabase((client) => client.user.findUnique({ where: { email: account } }));
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches) return null;
  if (password === developmentPassword && environment().runtime.production) {
    console.warn(
      'Sign-in refused: the account has the password of development, which everybody knows. ' +
        'For an administrator with another one, set ADMIN_EMAIL and ADMIN_PASSWORD and run: pnpm db:seed',
    );
    return null;
  }
  signInThrottle().clear(fromAddress);
  accountThrottle().clear(account);
  return { id: user.id, email: user.email, name: user.name, role: user.role };
}
