import { findUserByEmail, normaliseEmail } from '@tbi/database';
import { developmentPassword, verifyPassword } from '@tbi/database/password';
import { withDatabase } from '../database.ts';
import { environment } from '../env.ts';
import { logger } from '../log.ts';
import { accountThrottle, signInThrottle } from '../throttles.ts';
import { sessionStore } from './session-store.ts';
import { type SiteUser, stampOf, toSiteUser } from './user-store.ts';

const longestEmail = 191;
const longestPassword = 1_000;

/**
 * The user whom an e-mail address and a password belong to. `credentials`: they do not match, found out with the
 * same work whether or not the account exists; in production the password of development matches nothing.
 * `too-many`: the account, or the address with this account, has used up its attempts.
 *
 * @param address The sender's network address.
 * @throws `ERR_DATABASE_UNAVAILABLE`, and `ERR_REDIS_…` where sessions are kept in Redis
 */
export async function authenticate(
  email: string,
  password: string,
  address: string,
): Promise<SiteUser | 'credentials' | 'too-many'> {
  const account = normaliseEmail(email);
  if (account.length > longestEmail || password.length > longestPassword) return 'credentials';
  const fromAddress = `${account} ${address}`;
  if (!(await signInThrottle().take(fromAddress)) || !(await accountThrottle().take(account))) {
    return 'too-many';
  }
  const user = await withDatabase((client) =>
    findUserByEmail(account, (where) => client.user.findUnique({ where })),
  );
  // A session must not begin with a password or role that has changed by then. The same work without a user.
  await sessionStore()?.control.markSignIn(user?.id ?? 'nobody', user ? stampOf(user) : '');
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (user === null || !matches) return 'credentials';
  if (password === developmentPassword && environment().runtime.production) {
    logger().warn(
      'Sign-in refused: the account has the password of development, which everybody knows. ' +
        'For an administrator with another one, set ADMIN_EMAIL and ADMIN_PASSWORD and run: pnpm db:seed',
    );
    return 'credentials';
  }
  await signInThrottle().clear(fromAddress);
  await accountThrottle().clear(account);
  return toSiteUser(user);
}
