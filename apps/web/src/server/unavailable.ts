/** Prisma's codes for: cannot be reached, timed out, closed the connection, no free connection. */
const prismaCodes = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'];
/** The MariaDB driver's own errors (45001 …), the server's "too many connections" and "shutting down", Node's. */
const driverCodes = /^(450\d\d|1040|1053|E[A-Z]+)$/;

export interface UnavailableError extends Error {
  readonly code: 'ERR_DATABASE_UNAVAILABLE';
  /** Next hands the digest to the error page, which can so tell this from a defect. */
  readonly digest: 'ERR_DATABASE_UNAVAILABLE';
}

/** What queries fail with while the database is away. */
export function unavailableError(cause?: unknown): UnavailableError {
  const code = 'ERR_DATABASE_UNAVAILABLE' as const;
  return Object.assign(new Error('The database cannot be reached', { cause }), { code, digest: code });
}

/** Whether an error is about the database as a whole; all others are about one query. */
export function meansUnavailable(error: unknown): boolean {
  const code = property(error, 'code');
  if (code === 'ERR_DATABASE_MISSING' || code === 'ERR_DATABASE_UNAVAILABLE') return true;
  if (typeof code === 'string' && prismaCodes.includes(code)) return true;
  // Prisma wraps the driver's error; its adapter throws it as it is.
  const driverError = property(property(error, 'meta'), 'driverAdapterError') ?? error;
  const cause = property(driverError, 'cause');
  const driverCode = property(cause, 'originalCode');
  return typeof driverCode === 'string' && driverCodes.test(driverCode);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
