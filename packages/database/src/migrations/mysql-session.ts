import { randomUUID } from 'node:crypto';
import type { Connection } from 'mariadb';
import { databaseError } from '../errors.ts';
import { connectMysql, type MysqlLocation } from '../mysql.ts';
import type { Migration } from './migration-files.ts';
import { type MigrationSession, migrationLockTimeoutMs } from './session.ts';

/** Prisma's own name, so that `prisma migrate deploy` and this program exclude each other. */
const lockName = 'prisma_migrate';

// Column for column as Prisma creates it.
const createHistory = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             DATETIME(3),
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          DATETIME(3),
    started_at              DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    applied_steps_count     INTEGER UNSIGNED NOT NULL DEFAULT 0
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`;

/** Works on a MySQL database under the migration lock, on a connection of its own. */
export async function withMysqlSession<T>(
  location: MysqlLocation,
  work: (session: MigrationSession) => Promise<T>,
): Promise<T> {
  const connection = await connectMysql(location, { multipleStatements: true, bigIntAsNumber: true });
  try {
    await acquireLock(connection);
    return await work({
      history: async () => {
        await connection.query(createHistory);
        return connection.query(
          `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished,
                  rolled_back_at IS NOT NULL AS rolledBack
           FROM _prisma_migrations ORDER BY started_at, migration_name`,
        );
      },
      apply: (migration) => applyMigration(connection, migration),
    });
  } finally {
    // Ends the lock too.
    await connection.end().catch(() => connection.destroy());
  }
}

async function acquireLock(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ acquired: number | null }[]>('SELECT GET_LOCK(?, ?) AS acquired', [
    lockName,
    migrationLockTimeoutMs / 1000,
  ]);
  if (row?.acquired !== 1) {
    throw databaseError(
      'ERR_MIGRATION_LOCKED',
      `Another process has been migrating this server for ${migrationLockTimeoutMs / 1000} s; try again when it is done.`,
    );
  }
}

/** MySQL commits after each DDL statement, so the record is begun first: a half-run migration must show. */
async function applyMigration(connection: Connection, { name, checksum, sql }: Migration): Promise<void> {
  const id = randomUUID();
  await connection.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (?, ?, ?)', [
    id,
    checksum,
    name,
  ]);
  try {
    await connection.query(sql);
  } catch (error) {
    const reason = (error as { sqlMessage?: string | null }).sqlMessage ?? String(error);
    await connection.query('UPDATE _prisma_migrations SET logs = ? WHERE id = ?', [reason, id]);
    throw databaseError('ERR_MIGRATION_FAILED', `The migration ${name} failed: ${reason}`, error);
  }
  await connection.query(
    'UPDATE _prisma_migrations SET finished_at = CURRENT_TIMESTAMP(3), applied_steps_count = 1 WHERE id = ?',
    [id],
  );
}
