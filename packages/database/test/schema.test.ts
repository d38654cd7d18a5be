import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedDatabase } from '@tbi/testing';
import { expect, test } from 'vitest';
import { diffSqlite } from '../scripts/diff-sqlite.mjs';
import { parseDatabaseUrl } from '../src/location.ts';
import { migrate } from '../src/migrate.ts';
import { migrationFolders, readMigrations } from '../src/migrations/migration-files.ts';
import { connectMysql } from '../src/mysql.ts';
import { renderMysqlSchema } from './support/render-mysql-schema.ts';

const schemaPath = join(import.meta.dirname, '..', '..', '..', 'prisma', 'schema.prisma');

test('the MySQL migrations lead to exactly the tables of schema.prisma', async () => {
  const [migrated, rendered] = await Promise.all([sharedDatabase(), sharedDatabase()]);
  await migrate(migrated);
  await execute(rendered, renderMysqlSchema(await readFile(schemaPath, 'utf8')));
  const { _prisma_migrations: history, ...tables } = await describeTables(migrated);
  expect(history).toBeDefined();
  expect(tables).toEqual(await describeTables(rendered));
});

test('the SQLite migrations lead to exactly the schema derived from schema.prisma', async () => {
  expect(await diffSqlite()).toBe('');
});

test('every MySQL migration has its SQLite counterpart', async () => {
  const [mysql, sqlite] = await Promise.all([
    readMigrations(migrationFolders.mysql),
    readMigrations(migrationFolders.sqlite),
  ]);
  expect(sqlite.map(({ name }) => name)).toEqual(mysql.map(({ name }) => name));
});

async function describeTables(url: string): Promise<Record<string, string>> {
  const tables = await execute(url, 'SHOW TABLES');
  const names = tables.map((row) => Object.values(row)[0] ?? '').sort();
  const definitions: Record<string, string> = {};
  for (const name of names) {
    const [row] = await execute(url, `SHOW CREATE TABLE \`${name}\``);
    definitions[name] = row?.['Create Table'] ?? '';
  }
  return definitions;
}

async function execute(url: string, sql: string): Promise<Record<string, string>[]> {
  const location = parseDatabaseUrl(url);
  if (location.provider !== 'mysql') throw new Error('not a MySQL URL');
  const connection = await connectMysql(location, { multipleStatements: true });
  try {
    return await connection.query(sql);
  } finally {
    await connection.end();
  }
}
