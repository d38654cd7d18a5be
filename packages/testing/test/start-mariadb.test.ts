import { createConnection } from 'mariadb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MariadbServer, startMariadb } from '../src/index.ts';
import { execute } from '../src/mariadb/execute.ts';

let server: MariadbServer;
beforeAll(async () => {
  server = await startMariadb();
}, 60_000);
afterAll(() => server.stop());

test('a new database is empty, also when one of its name existed', async () => {
  const url = await server.createDatabase('shop');
  await execute(url, 'CREATE TABLE t (id INT PRIMARY KEY)');
  const again = await server.createDatabase('shop');
  expect(again).toBe(url);
  expect(await execute(again, 'SHOW TABLES')).toHaveLength(0);
});

test('data survives a restart', async () => {
  const url = await server.createDatabase('kept');
  await execute(url, 'CREATE TABLE t (id INT PRIMARY KEY)');
  await server.kill('SIGKILL');
  await server.restart();
  expect(await execute(url, 'SHOW TABLES')).toHaveLength(1);
});

test('nobody gets in without the password', async () => {
  const connect = createConnection({
    host: '127.0.0.1',
    port: server.port,
    user: 'root',
    connectTimeout: 2000,
  });
  await expect(connect).rejects.toThrow(/Access denied|not allowed/);
});
