export interface AclUser {
  readonly keys: 'cache' | 'sessions' | 'all' | 'none';
  readonly channels?: boolean;
  readonly commands: readonly string[];
}

export const USERS: Readonly<Record<string, AclUser>>;

export function renderAcl(
  passwords: Readonly<Record<string, string>>,
  prefixes?: { readonly cachePrefix?: string; readonly sessionsPrefix?: string },
): string;
