import { sleep, startFaultProxy, startMariadb } from '@tbi/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../src/database.ts';
import { migrate } from '../src/migrate.ts';
import { temporaryFolder } from './support/databases.ts';

test('nothing is opened before the first query', async () => {
  const server = await startServer();
  const proxy = await startFaultProxy({ target: server });
  onTestFinished(() => proxy.stop());
  const database = createDatabase(proxy.url);
  expect(database.describe()).toBe(`MySQL at 127.0.0.1:${proxy.port}/outage`);
  await database.close();
  expect(proxy.connections).toBe(0);
});

test('a MySQL that refuses connections is an error at once, without the password', async () => {
  const database = createDatabase('mysql://u:canary@127.0.0.1:1/shop');
  const { error, tookMs } = await timed(() => database.client.report.count());
  expect(error).toMatchObject({ code: 'ERR_DATABASE_UNAVAILABLE' });
  expect(String(error)).not.toContain('canary');
  expect(tookMs).toBeLessThan(1_500);
});

test('a MySQL that never answers is an error after 1.5 s', async () => {
  const server = await startServer();
  const proxy = await startFaultProxy({ target: server });
  onTestFinished(() => proxy.stop());
  await proxy.inject({ connect: 'silence' });
  const database = createDatabase(proxy.url);
  onTestFinished(() => database.close());
  for (const query of [
    () => database.client.report.count(),
    () => database.client.$transaction((tx) => tx.report.count()),
  ]) {
    const { error, tookMs } = await timed(query);
    expect(error).toMatchObject({ code: 'ERR_DATABASE_UNAVAILABLE' });
    expect(tookMs).toBeLessThan(3_000);
  }
});

test('a wrong password is named as the reason', async () => {
  const url = new URL(await startServer());
  url.password = 'canary';
  const { error } = await timed(() => createDatabase(url.href).client.report.count());
  expect(error).toMatchObject({
    code: 'ERR_DATABASE_UNAVAILABLE',
    message: expect.stringContaining('Access denied'),
  });
  expect(String(error)).not.toContain('canary');
});

test('a MySQL that stops in the middle of a query is an error, and is used again when it is back', async () => {
  const mariadb = await startMariadb();
  onTestFinished(() => mariadb.stop());
  const url = await mariadb.createDatabase('outage');
  await migrate(url);
  const { client, close } = createDatabase(url);
  onTestFinished(close);
  expect(await client.report.count()).toBe(0);

  await mariadb.kill('SIGSTOP');
  // The signal is sent; a moment later the server has stopped.
  await sleep(500);
  const hung = await timed(() => client.report.count());
  expect(hung.error).toMatchObject({ code: 'P2039' });
  expect(hung.tookMs).toBeLessThan(9_000);
  const next = await timed(() => client.report.count());
  expect(next.error).toBeDefined();
  expect(next.tookMs).toBeLessThan(4_500);

  await mariadb.kill('SIGCONT');
  expect(await client.report.count()).toBe(0);
  await mariadb.restart();
  expect(await client.report.count()).toBe(0);
});

test('an embedded database that was not created is an error, not a new empty file', async () => {
  const database = createDatabase(`file:${await temporaryFolder()}/missing.sqlite`);
  await expect(database.client.report.count()).rejects.toMatchObject({ code: 'ERR_DATABASE_MISSING' });
  await expect(database.client.report.count()).rejects.toMatchObject({ code: 'ERR_DATABASE_MISSING' });
});

/** The URL of a database on a server of the test's own. */
async function startServer(): Promise<string> {
  const mariadb = await startMariadb();
  onTestFinished(() => mariadb.stop());
  return mariadb.createDatabase('outage');
}

async function timed(action: () => Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const begin = performance.now();
  const error = await action().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, tookMs: performance.now() - begin };
}
