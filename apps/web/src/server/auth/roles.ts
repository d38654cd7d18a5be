import type { UserRole } from '@tbi/database';

export type Role = UserRole;

const ranks: Record<Role, number> = { user: 0, editor: 1, admin: 2 };

export function isRole(value: unknown): value is Role {
  return typeof value === 'string' && Object.hasOwn(ranks, value);
}

/** Each role may do what the lesser ones may. */
export function includesRole(role: Role, required: Role): boolean {
  return ranks[role] >= ranks[required];
}
