import { userInfo } from 'node:os';

/** The account that runs the tool, for the audit trail. */
export function shellUser(): string {
  try {
    return userInfo()
      .username.replaceAll(/[^\w.-]/g, '_')
      .slice(0, 32);
  } catch {
    return 'unknown';
  }
}
