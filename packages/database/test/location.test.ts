import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { describeLocation, parseDatabaseUrl } from '../src/location.ts';
import { temporaryFolder } from './support/databases.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the embedded database', () => {
  test('is at the root of the repository, wherever inside it the process runs', async () => {
    const root = realpathSync(await temporaryFolder());
    const app = join(root, 'apps', 'web');
    mkdirSync(app, { recursive: true });
    writeFileSync(join(root, 'pnpm-workspace.yaml'), '');
    const expected = { provider: 'sqlite', path: join(root, '.data', 'tbi.sqlite') };
    for (const folder of [root, app]) {
      vi.spyOn(process, 'cwd').mockReturnValue(folder);
      expect(parseDatabaseUrl(undefined)).toEqual(expected);
    }
  });

  test('is in the working directory of output that was copied away from the repository', async () => {
    const folder = await temporaryFolder();
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    expect(parseDatabaseUrl(undefined)).toEqual({
      provider: 'sqlite',
      path: join(folder, '.data', 'tbi.sqlite'),
    });
  });
});

test('a file: URL may be absolute, with or without slashes, or relative to the root of the repository', () => {
  expect(parseDatabaseUrl('file:/data/a b.sqlite')).toMatchObject({ path: '/data/a b.sqlite' });
  expect(parseDatabaseUrl(pathToFileURL('/data/a b.sqlite').href)).toMatchObject({
    path: '/data/a b.sqlite',
  });
  const root = join(import.meta.dirname, '..', '..', '..');
  expect(parseDatabaseUrl('file:.data/x.sqlite')).toMatchObject({ path: join(root, '.data', 'x.sqlite') });
});

test('a MySQL URL is read with its escapes, its parameters and its defaults', () => {
  expect(parseDatabaseUrl('mariadb://us%40er:p%3Aw@db.example.com/shop')).toEqual({
    provider: 'mysql',
    host: 'db.example.com',
    port: 3306,
    user: 'us@er',
    password: 'p:w',
    database: 'shop',
    connectionLimit: 10,
    tls: false,
    allowPublicKeyRetrieval: false,
  });
  expect(parseDatabaseUrl('mysql://u@[::1]:3307/shop?connectionLimit=3&tls=true')).toMatchObject({
    host: '::1',
    port: 3307,
    connectionLimit: 3,
    tls: true,
    allowPublicKeyRetrieval: true,
  });
});

test.each([
  'postgres://u:canary@h/db',
  'mysql://u:canary@/db',
  'mysql://u:canary@h',
  'mysql://u:canary@h:port/db',
  'mysql://u:canary@h/db?sslmode=require',
  'mysql://u:canary@h/db?connectionLimit=0',
  'mysql://u:canary@h/db?tls=yes',
  'mysql://u:canary%@h/db',
  'file:',
  'file:x.sqlite?mode=memory&canary',
  'file:://canary',
  'file://host/canary',
])('%s is refused without repeating what may be a secret', (url) => {
  const refusal = catchError(() => parseDatabaseUrl(url));
  expect(refusal).toMatchObject({ code: 'ERR_DATABASE_URL' });
  expect(String(refusal)).not.toContain('canary');
});

test('a description has neither user nor password', () => {
  const location = parseDatabaseUrl('mysql://someone:canary@db.example.com/shop');
  expect(describeLocation(location)).toBe('MySQL at db.example.com:3306/shop');
});

function catchError(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
