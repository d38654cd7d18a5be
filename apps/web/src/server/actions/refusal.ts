import type { Role } from '../auth/roles.ts';
import { hasRole } from '../auth.ts';
import { logError } from '../log.ts';

/** Why the sender of a form may not do what a role may; `null` when they may. */
export async function refusal(required: Role): Promise<'forbidden' | 'unavailable' | null> {
  try {
    return (await hasRole(required)) ? null : 'forbidden';
  } catch (error) {
    logError('The role of a user could not be read', error);
    return 'unavailable';
  }
}
