import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDatabase } from '../src/database.ts';
import { migrate } from '../src/migrate.ts';
import { migrationFolders, readMigrations } from '../src/migrations/migration-files.ts';
import { newDatabases, temporaryFolder } from './support/databases.ts';

describe.each(['mysql', 'sqlite'] as const)('on %s', (provider) => {
  test('a second run applies nothing', async () => {
    const url = (await newDatabases())[provider];
    const names = (await readMigrations(migrationFolders[provider])).map(({ name }) => name);
    expect(await migrate(url)).toEqual({ applied: names });
    expect(await migrate(url)).toEqual({ applied: [] });
    expect(await query(url, 'SELECT * FROM Report')).toEqual([]);
  });

  test('the history is what Prisma would write', async () => {
    const url = (await newDatabases())[provider];
    await migrate(url);
    const migrations = await readMigrations(migrationFolders[provider]);
    const rows = await query(url, 'SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(rows).toHaveLength(migrations.length);
    expect(rows[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: migrations[0]?.checksum,
      migration_name: migrations[0]?.name,
      finished_at: expect.anything(),
      started_at: expect.anything(),
      logs: null,
      rolled_back_at: null,
    });
    expect(Number(rows[0]?.applied_steps_count)).toBe(1);
  });

  test('an edited migration stops the next run', async () => {
    const url = (await newDatabases())[provider];
    const folder = await temporaryFolder();
    await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER);');
    await migrate(url, { folder });
    await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER, more INTEGER);');
    await writeMigration(folder, '2_second', 'CREATE TABLE second (id INTEGER);');
    await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'ERR_MIGRATION_EDITED' });
    await expect(query(url, 'SELECT * FROM second')).rejects.toThrow();
  });

  test('another checkout’s line ends are not an edit', async () => {
    const url = (await newDatabases())[provider];
    const folder = await temporaryFolder();
    await writeMigration(folder, '1_first', 'CREATE TABLE first (\r\nid INTEGER);\r\n');
    await migrate(url, { folder });
    await writeMigration(folder, '1_first', 'CREATE TABLE first (\nid INTEGER);\n');
    expect(await migrate(url, { folder })).toEqual({ applied: [] });
  });

  test('a failing migration says why, and keeps what was applied before', async () => {
    const url = (await newDatabases())[provider];
    const folder = await temporaryFolder();
    await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER);');
    await migrate(url, { folder });
    await writeMigration(
      folder,
      '2_second',
      'CREATE TABLE second (id INTEGER); INSERT INTO nowhere VALUES (1);',
    );
    await expect(migrate(url, { folder })).rejects.toMatchObject({
      code: 'ERR_MIGRATION_FAILED',
      message: expect.stringMatching(/2_second.*nowhere/),
    });
    expect(await query(url, 'SELECT * FROM first')).toEqual([]);
  });
});

test('on MySQL, a failed migration stops every run until it is marked as undone', async () => {
  const { mysql: url } = await newDatabases();
  const folder = await temporaryFolder();
  await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER); INSERT INTO nowhere VALUES (1);');
  await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'ERR_MIGRATION_FAILED' });

  const refusal = await migrate(url, { folder }).catch((error: Error) => error.message);
  expect(refusal).toContain('1_first');
  const [statement] = String(refusal).match(/UPDATE .*(?=;)/) ?? [];
  await execute(url, 'DROP TABLE first', statement ?? 'the message has no statement');

  await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER);');
  expect(await migrate(url, { folder })).toEqual({ applied: ['1_first'] });
});

test('on SQLite, a failed migration leaves nothing behind and may be corrected', async () => {
  const { sqlite: url } = await newDatabases();
  const folder = await temporaryFolder();
  await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER); INSERT INTO nowhere VALUES (1);');
  await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'ERR_MIGRATION_FAILED' });
  await writeMigration(folder, '1_first', 'CREATE TABLE first (id INTEGER);');
  expect(await migrate(url, { folder })).toEqual({ applied: ['1_first'] });
});

test('on SQLite, a migration that would leave dangling references is undone', async () => {
  const { sqlite: url } = await newDatabases();
  const folder = await temporaryFolder();
  await writeMigration(
    folder,
    '1_first',
    'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (parent INTEGER REFERENCES parent (id)); INSERT INTO child VALUES (7);',
  );
  await expect(migrate(url, { folder })).rejects.toMatchObject({
    code: 'ERR_MIGRATION_FAILED',
    message: expect.stringContaining('child'),
  });
});

test('a newer version’s database is refused', async () => {
  const { sqlite: url } = await newDatabases();
  await migrate(url);
  const folder = await temporaryFolder();
  await writeMigration(folder, '1_other', 'CREATE TABLE other (id INTEGER);');
  await expect(migrate(url, { folder })).rejects.toMatchObject({ code: 'ERR_MIGRATION_MISSING' });
});

test('a MySQL database that does not exist is said to be missing', async () => {
  const url = new URL((await newDatabases()).mysql);
  url.pathname = '/tbi_nowhere';
  await expect(migrate(url.href)).rejects.toMatchObject({ code: 'ERR_DATABASE_MISSING' });
});

async function writeMigration(folder: string, name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const database = createDatabase(url);
  try {
    return await database.client.$queryRawUnsafe(sql);
  } finally {
    await database.close();
  }
}

async function execute(url: string, ...statements: string[]): Promise<void> {
  const database = createDatabase(url);
  try {
    for (const statement of statements) await database.client.$executeRawUnsafe(statement);
  } finally {
    await database.close();
  }
}
