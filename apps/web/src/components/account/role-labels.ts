import type { Role } from '../../server/auth/roles.ts';

export const roleLabels = {
  user: 'account.roleUser',
  editor: 'account.roleEditor',
  admin: 'account.roleAdmin',
} as const satisfies Record<Role, string>;
