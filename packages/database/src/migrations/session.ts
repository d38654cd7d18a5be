import type { RecordedMigration } from './history.ts';
import type { Migration } from './migration-files.ts';

/** A locked database: nobody else migrates it until the session ends. */
export interface MigrationSession {
  /** The rows of `_prisma_migrations`, which is created when it is missing. */
  history(): Promise<RecordedMigration[]>;
  /** Runs a migration and records it. */
  apply(migration: Migration): Promise<void>;
}

/** How long a process waits for another one that is migrating. */
export const migrationLockTimeoutMs = 60_000;
