import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedDatabase } from '@tbi/testing';
import { afterAll } from 'vitest';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** An empty folder that is removed after the file's last test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tbi-database-'));
  folders.push(folder);
  return folder;
}

/** URLs of two databases that nobody migrated yet, one of each kind. The SQLite file does not exist. */
export async function newDatabases(): Promise<{ mysql: string; sqlite: string }> {
  const [folder, mysql] = await Promise.all([temporaryFolder(), sharedDatabase()]);
  return { mysql, sqlite: `file:${join(folder, 'test.sqlite')}` };
}
