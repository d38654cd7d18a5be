import { parseDatabaseUrl } from './location.ts';
import { pendingMigrations } from './migrations/history.ts';
import { migrationFolders, readMigrations } from './migrations/migration-files.ts';
import { withMysqlSession } from './migrations/mysql-session.ts';
import type { MigrationSession } from './migrations/session.ts';
import { withSqliteSession } from './migrations/sqlite-session.ts';

export interface MigrateOptions {
  /** Folder of migrations in Prisma's layout. Default: the product's own for the database's kind. */
  readonly folder?: string;
}

export interface Migrated {
  /** Names of the migrations that this call applied, in order. Empty: the database was up to date. */
  readonly applied: readonly string[];
}

/**
 * Brings a database to the current schema; safe to call at any time and from several processes at once. Reads
 * and writes `_prisma_migrations` as Prisma does, so that `prisma migrate deploy` agrees with it. Creates an
 * embedded SQLite database that is missing; a MySQL database must exist.
 *
 * @param url see `parseDatabaseUrl`; `undefined`: the embedded SQLite database.
 * @throws `ERR_DATABASE_URL`, `ERR_DATABASE_MISSING`, `ERR_DATABASE_UNAVAILABLE`, `ERR_MIGRATION_FAILED`,
 *   `ERR_MIGRATION_EDITED`, `ERR_MIGRATION_MISSING`, `ERR_MIGRATION_LOCKED` (after 60 s).
 */
export async function migrate(url: string | undefined, options: MigrateOptions = {}): Promise<Migrated> {
  const location = parseDatabaseUrl(url);
  const migrations = await readMigrations(options.folder ?? migrationFolders[location.provider]);
  const applyPending = async (session: MigrationSession): Promise<Migrated> => {
    const pending = pendingMigrations(migrations, await session.history());
    for (const migration of pending) await session.apply(migration);
    return { applied: pending.map(({ name }) => name) };
  };
  return location.provider === 'mysql'
    ? withMysqlSession(location, applyPending)
    : withSqliteSession(location.path, applyPending);
}
