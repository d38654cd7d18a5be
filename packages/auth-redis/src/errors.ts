/**
 * - `ERR_AUTH_OPTIONS`: an option cannot be used.
 * - `ERR_AUTH_EMAIL_TAKEN`, `ERR_AUTH_ACCOUNT_TAKEN`, `ERR_AUTH_USER_EXISTS`, `ERR_AUTH_AUTHENTICATOR_TAKEN`,
 *   `ERR_AUTH_TOKEN_REUSED`: somebody else has it already.
 * - `ERR_AUTH_NO_USER`: the user does not exist, or was deleted meanwhile.
 * - `ERR_AUTH_REVOKED`: the user's sessions were revoked while this sign-in was under way.
 * - `ERR_AUTH_UNREADABLE`: stored data was sealed with a key that is not among the given ones, or was tampered with.
 */
export type AuthErrorCode =
  | 'ERR_AUTH_OPTIONS'
  | 'ERR_AUTH_EMAIL_TAKEN'
  | 'ERR_AUTH_ACCOUNT_TAKEN'
  | 'ERR_AUTH_AUTHENTICATOR_TAKEN'
  | 'ERR_AUTH_USER_EXISTS'
  | 'ERR_AUTH_TOKEN_REUSED'
  | 'ERR_AUTH_NO_USER'
  | 'ERR_AUTH_REVOKED'
  | 'ERR_AUTH_UNREADABLE';

export interface AuthError extends Error {
  readonly code: AuthErrorCode;
}

/** Told apart by `code`, because two module graphs in one process have two copies of any class. */
export function authError(code: AuthErrorCode, message: string): AuthError {
  return Object.assign(new Error(message), { code });
}
