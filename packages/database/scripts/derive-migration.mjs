/** Writes the SQLite counterpart of the newest MySQL migration, when it has none yet. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffSqlite, migrationNames, mysqlMigrations, sqliteMigrations } from './diff-sqlite.mjs';

const newest = (await migrationNames(mysqlMigrations)).at(-1);
const done = await migrationNames(sqliteMigrations);
const sql = await diffSqlite();

if (sql === '') {
  console.log('The SQLite migrations lead to the schema already.');
} else if (newest === undefined || done.includes(newest)) {
  console.error('The schema changed without a new MySQL migration: add one to prisma/migrations first.');
  process.exitCode = 1;
} else {
  const folder = join(sqliteMigrations, newest);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  console.log(`Wrote ${join(folder, 'migration.sql')}`);
}
