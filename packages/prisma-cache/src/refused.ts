/** What a database says when it has refused a statement and undone whatever it had done of it, if it is only one. */
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

/** Whether an error of a driver adapter means, with certainty, that the database has done with the statement. */
export function isRefused(error: unknown): boolean {
  const cause = property(error, 'cause');
  const kind = property(cause, 'kind');
  if (kind === 'mysql') return REFUSED_NUMBERS.has(Number(property(cause, 'code')));
  // SQLite is a part of this process: what it reports is over.
  return kind === 'sqlite' || REFUSALS.has(String(kind));
}

/** MySQL: a lock wait timeout (with `innodb_rollback_on_timeout`), too many locks; MariaDB's snapshot isolation. */
const ENDING_NUMBERS = new Set([1205, 1206, 1020]);
/** NOMEM, INTERRUPT, IOERR, FULL: https://sqlite.org/lang_transaction.html on errors within a transaction. */
const ENDING_SQLITE_CODES = new Set([7, 9, 10, 13]);

/** Whether the database may have rolled back the whole transaction with a statement, so that others commit by themselves. */
export function mayEndTransaction(error: unknown): boolean {
  const cause = property(error, 'cause');
  switch (property(cause, 'kind')) {
    case 'TransactionWriteConflict':
    case 'SocketTimeout': // SQLITE_BUSY
      return true;
    case 'mysql':
      return (
        ENDING_NUMBERS.has(Number(property(cause, 'code'))) ||
        // SQL's own class: transaction rollback.
        String(property(cause, 'state')).startsWith('40')
      );
    case 'sqlite':
      return ENDING_SQLITE_CODES.has(Number(property(cause, 'extendedCode')) & 0xff);
  }
  return false;
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
