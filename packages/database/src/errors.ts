/** Codes of the errors that this package itself raises. Prisma's own errors keep theirs (`P2002` …). */
export type DatabaseErrorCode =
  | 'ERR_DATABASE_URL'
  | 'ERR_DATABASE_MISSING'
  | 'ERR_DATABASE_UNAVAILABLE'
  | 'ERR_MIGRATION_EDITED'
  | 'ERR_MIGRATION_FAILED'
  | 'ERR_MIGRATION_LOCKED'
  | 'ERR_MIGRATION_MISSING'
  | 'ERR_SEED';

export interface DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
}

/** The message must not contain a URL's password or a value that may be one. */
export function databaseError(code: DatabaseErrorCode, message: string, cause?: unknown): DatabaseError {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code });
}
