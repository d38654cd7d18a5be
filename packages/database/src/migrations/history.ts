import { databaseError } from '../errors.ts';
import type { Migration } from './migration-files.ts';

/** A row of `_prisma_migrations`. */
export interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
  readonly rolledBack: boolean;
}

/**
 * The migrations that a database with this history still needs, in order.
 *
 * @throws `ERR_MIGRATION_FAILED` when one did not finish, `ERR_MIGRATION_EDITED` when the file of an applied one
 *   changed, `ERR_MIGRATION_MISSING` when an applied one has no file. Each message says what to do.
 */
export function pendingMigrations(
  migrations: readonly Migration[],
  history: readonly RecordedMigration[],
): Migration[] {
  const applied = new Set<string>();
  for (const { name, checksum, finished, rolledBack } of history) {
    if (rolledBack) continue;
    if (!finished) throw failed(name);
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration === undefined) throw missing(name);
    if (migration.checksum !== checksum) throw edited(name);
    applied.add(name);
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

function failed(name: string) {
  return databaseError(
    'ERR_MIGRATION_FAILED',
    `The migration ${name} failed or was cut short, and some of its statements may have run; the column "logs" of ` +
      '_prisma_migrations has the reason. Undo by hand what it did, then let it run again with:\n' +
      `  UPDATE _prisma_migrations SET rolled_back_at = NOW(3) WHERE migration_name = '${name}' AND finished_at IS NULL;`,
  );
}

function edited(name: string) {
  return databaseError(
    'ERR_MIGRATION_EDITED',
    `The migration ${name} was edited after this database applied it. Restore the file and put the change into a ` +
      'new migration.',
  );
}

function missing(name: string) {
  return databaseError(
    'ERR_MIGRATION_MISSING',
    `This database has the migration ${name}, which this version of the product does not know: it was made by a ` +
      'newer version. Run that version, or use another database.',
  );
}
