import { developmentPassword, verifyPassword } from '@tbi/database/password';
import { withDatabase } from '../database.ts';
import { environment } from '../env.ts';
import { logger } from '../log.ts';
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
 * The user whom an e-mail address and a password belong to. `credentials`: they do not match, found out with the
 * same work whether or not the account exists; in production the password of development matches nothing.
 * `too-many`: the account, or the address with this account, has used up its attempts.
 *
 * @param address The sender's network address.
 * @throws `ERR_DATABASE_UNAVAILABLE`
 */
export async function authenticate(
  email: string,
  password: string,
  address: string,
): Promise<AuthenticatedUser | 'credentials' | 'too-many'> {
  const account = email.trim().toLowerCase();
  if (account.length > longestEmail || password.length > longestPassword) return 'credentials';
  const fromAddress = `${account} ${address}`;
  if (!signInThrottle().take(fromAddress) || !accountThrottle().take(account)) return 'too-many';
  const user = await withDatabase((client) => client.user.findUnique({ where: { email: account } }));
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches) return 'credentials';
  if (password === developmentPassword && environment().runtime.production) {
    logger().warn(
      'Sign-in refused: the account has the password of development, which everybody knows. ' +
        'For an administrator with another one, set ADMIN_EMAIL and ADMIN_PASSWORD and run: pnpm db:seed',
    );
    return 'credentials';
  }
  signInThrottle().clear(fromAddress);
  accountThrottle().clear(account);
  return { id: user.id, email: user.email, name: user.name, role: user.role };
}
