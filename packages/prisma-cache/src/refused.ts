/** What a database says when it has refused a statement and undone whatever it had done of it. */
const REFUSALS = new Set([
  'UniqueConstraintViolation',
  'ForeignKeyConstraintViolation',
  'NullConstraintViolation',
  'RestrictViolation',
  'TableDoesNotExist',
  'ColumnNotFound',
  'ValueOutOfRange',
  'LengthMismatch',
  'InvalidInputValue',
  'TransactionWriteConflict',
]);

/** MySQL: syntax error, wrong value, lock wait timeout. Others may come from a connection that is gone. */
const REFUSED_NUMBERS = new Set([1064, 1146, 1054, 1205, 1264, 1265, 1292, 1364, 1366, 1406, 3819, 4025]);

/** Whether an error of a driver adapter means, with certainty, that the statement has changed nothing. */
export function isRefused(error: unknown): boolean {
  const cause = property(error, 'cause');
  const kind = property(cause, 'kind');
  if (kind === 'mysql') return REFUSED_NUMBERS.has(Number(property(cause, 'code')));
  // SQLite is a part of this process: what it reports, it has undone.
  return kind === 'sqlite' || REFUSALS.has(String(kind));
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
