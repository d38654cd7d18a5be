import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, type Transaction } from '@libsql/client';
import { databaseError } from '../errors.ts';
import { sqliteUrl } from '../sqlite.ts';
import type { Migration } from './migration-files.ts';
import { type MigrationSession, migrationLockTimeoutMs } from './session.ts';

// Column for column as Prisma creates it.
const createHistory = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Works on a SQLite database, which is created when it is missing, inside one write transaction: that is the
 * lock, and a migration that fails leaves nothing behind.
 */
export async function withSqliteSession<T>(
  path: string,
  work: (session: MigrationSession) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const client = createClient({ url: sqliteUrl(path), timeout: migrationLockTimeoutMs });
  try {
    await useWriteAheadLog(client);
    // Has no effect inside a transaction, and tables that are rebuilt must not cascade.
    await client.execute('PRAGMA foreign_keys = OFF');
    const transaction = await client.transaction('write');
    try {
      const result = await work(sessionIn(transaction));
      await checkForeignKeys(transaction);
      await transaction.commit();
      return result;
    } finally {
      transaction.close();
    }
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw databaseError(
      'ERR_MIGRATION_LOCKED',
      `Another process keeps ${path} locked; end it and try again.`,
      error,
    );
  } finally {
    client.close();
  }
}

/**
 * Lets several processes read while one writes; the file remembers it. Of several processes that switch a new file
 * at once, SQLite refuses all but one without waiting: each holds a lock that the others would wait for.
 */
async function useWriteAheadLog(client: Client): Promise<void> {
  const deadline = Date.now() + migrationLockTimeoutMs;
  for (;;) {
    try {
      await client.execute('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await sleep(10 + Math.random() * 20);
    }
  }
}

function isBusy(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'SQLITE_BUSY';
}

function sessionIn(transaction: Transaction): MigrationSession {
  return {
    history: async () => {
      await transaction.execute(createHistory);
      const { rows } = await transaction.execute(
        'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at, migration_name',
      );
      return rows.map((row) => ({
        name: String(row.migration_name),
        checksum: String(row.checksum),
        finished: row.finished_at !== null,
        rolledBack: row.rolled_back_at !== null,
      }));
    },
    apply: (migration) => applyMigration(transaction, migration),
  };
}

async function applyMigration(transaction: Transaction, { name, checksum, sql }: Migration): Promise<void> {
  try {
    await transaction.executeMultiple(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw databaseError(
      'ERR_MIGRATION_FAILED',
      `The migration ${name} failed, and was undone: ${reason}`,
      error,
    );
  }
  await transaction.execute({
    sql: `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
          VALUES (?, ?, current_timestamp, ?, 1)`,
    args: [randomUUID(), checksum, name],
  });
}

async function checkForeignKeys(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.execute('PRAGMA foreign_key_check');
  const [broken] = rows;
  if (broken !== undefined) {
    throw databaseError(
      'ERR_MIGRATION_FAILED',
      `A migration would leave ${broken.table} with dangling references.`,
    );
  }
}
