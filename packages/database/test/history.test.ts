import { expect, test } from 'vitest';
import { pendingMigrations, type RecordedMigration } from '../src/migrations/history.ts';

const migrations = ['1_init', '2_more', '3_last'].map((name) => ({
  name,
  sql: '',
  checksum: `sum of ${name}`,
}));

function recorded(name: string, change: Partial<RecordedMigration> = {}): RecordedMigration {
  return { name, checksum: `sum of ${name}`, finished: true, rolledBack: false, ...change };
}

test('an empty database needs every migration, in order', () => {
  expect(pendingMigrations(migrations, [])).toEqual(migrations);
});

test('applied migrations are not pending, also when an earlier one arrives later', () => {
  expect(pendingMigrations(migrations, [recorded('1_init'), recorded('3_last')])).toEqual([migrations[1]]);
});

test('a migration that was rolled back is pending again', () => {
  const history = [recorded('1_init', { finished: false, rolledBack: true })];
  expect(pendingMigrations(migrations, history)).toEqual(migrations);
  expect(pendingMigrations(migrations, [...history, recorded('1_init')])).toEqual(migrations.slice(1));
});

test.each([
  ['ERR_MIGRATION_FAILED', recorded('1_init', { finished: false })],
  ['ERR_MIGRATION_EDITED', recorded('1_init', { checksum: 'another' })],
  ['ERR_MIGRATION_MISSING', recorded('0_unknown')],
])('%s stops everything and names the migration', (code, row) => {
  expect(() => pendingMigrations(migrations, [row])).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(row.name) }),
  );
});
