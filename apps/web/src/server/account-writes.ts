import 'server-only';
import { hashPassword, verifyPassword } from '@tbi/database/password';
import type { Role } from './auth/roles.ts';
import { sessionStore } from './auth/session-store.ts';
import { withDatabase } from './database.ts';
import { logError, logger } from './log.ts';

/** Changes to users. What ends sessions increments their version in the same statement: docs/sessions.md. */

export async function setName(userId: string, name: string | null): Promise<void> {
  await withDatabase((client) => client.user.update({ where: { id: userId }, data: { name } }));
}

/** `wrong`: the present password is not that; `conflict`: another change of the user came first. */
export async function setPassword(
  userId: string,
  present: string,
  next: string,
): Promise<'saved' | 'wrong' | 'conflict'> {
  const user = await withDatabase((client) => client.user.findUnique({ where: { id: userId } }));
  if (user === null) return 'conflict';
  if (user.passwordHash !== null && !(await verifyPassword(user.passwordHash, present))) return 'wrong';
  const passwordHash = await hashPassword(next);
  const { count } = await withDatabase((client) =>
    client.user.updateMany({
      where: { id: userId, authVersion: user.authVersion },
      data: { passwordHash, authVersion: { increment: 1 } },
    }),
  );
  if (count === 0) return 'conflict';
  logger().info(`password changed: user ${userId}`);
  await clearAway(userId);
  return 'saved';
}

/** `not-found`: there is no such user. */
export async function setRole(userId: string, role: Role): Promise<'saved' | 'not-found'> {
  const { count } = await withDatabase((client) =>
    client.user.updateMany({
      where: { id: userId, role: { not: role } },
      data: { role, authVersion: { increment: 1 } },
    }),
  );
  if (count === 0) {
    const user = await withDatabase((client) => client.user.findUnique({ where: { id: userId } }));
    return user === null ? 'not-found' : 'saved';
  }
  logger().info(`role changed to ${role}: user ${userId}`);
  await clearAway(userId);
  return 'saved';
}

/** Ends every session of a user, wherever they are kept. */
export async function endAllSessions(userId: string): Promise<'saved' | 'not-found'> {
  const { count } = await withDatabase((client) =>
    client.user.updateMany({ where: { id: userId }, data: { authVersion: { increment: 1 } } }),
  );
  if (count === 0) return 'not-found';
  logger().info(`all sessions ended: user ${userId}`);
  await clearAway(userId);
  return 'saved';
}

/** Sessions of an older version are none any more; this only takes them off the list, so it may fail. */
async function clearAway(userId: string): Promise<void> {
  await sessionStore()
    ?.control.revokeAll(userId)
    .catch((error: unknown) => logError('Ended sessions could not be removed', error));
}
