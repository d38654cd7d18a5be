import { join } from 'node:path';
import { type ForkedNode, forkNode } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../src/database.ts';
import { type Migrated, migrate } from '../src/migrate.ts';
import { migrationFolders, readMigrations } from '../src/migrations/migration-files.ts';
import { type Seeded, seed } from '../src/seed.ts';
import { makeCatalogue } from './support/catalogue.ts';
import { newDatabases, temporaryFolder } from './support/databases.ts';

let processes: ForkedNode[] = [];

beforeAll(async () => {
  const file = new URL('./support/migrating-process.ts', import.meta.url);
  processes = await Promise.all([forkNode(file), forkNode(file), forkNode(file)]);
});

afterAll(async () => {
  await Promise.all(processes.map((child) => child.kill()));
});

test.each(['mysql', 'sqlite'] as const)(
  'on %s, of several processes exactly one migrates',
  async (provider) => {
    const url = (await newDatabases())[provider];
    const all = await Promise.all(processes.map((child) => child.call<Migrated>('migrate', url)));
    const names = (await readMigrations(migrationFolders[provider])).map(({ name }) => name);
    expect(all.flatMap(({ applied }) => applied)).toEqual(names);
  },
);

test('on SQLite, several processes may begin with the same new file again and again', async () => {
  for (let round = 0; round < 40; round++) {
    const url = `file:${join(await temporaryFolder(), 'test.sqlite')}`;
    const all = await Promise.all(processes.map((child) => child.call<Migrated>('migrate', url)));
    expect(all.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
  }
});

test('on SQLite, of several processes exactly one seeds', async () => {
  const { sqlite: url } = await newDatabases();
  await migrate(url);
  const all = await Promise.all(processes.map((child) => child.call<Seeded>('seed', url, 20)));
  expect(all.map(({ created }) => created.reports).sort((a, b) => a - b)).toEqual([0, 0, 20]);
});

test('on SQLite, transactions of several processes wait for each other and lose no update', async () => {
  const { sqlite: url } = await newDatabases();
  await migrate(url);
  await seed(url, makeCatalogue(1));
  await Promise.all(processes.map((child) => child.call('increment', url, 50)));
  const { client, close } = createDatabase(url);
  try {
    expect((await client.report.findFirstOrThrow()).version).toBe(1 + 3 * 50);
  } finally {
    await close();
  }
});
