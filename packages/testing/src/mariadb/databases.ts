import { execute } from './execute.ts';

/** Creates an empty utf8mb4 database on a server, replacing one of this name, and returns its URL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  if (!/^[A-Za-z0-9_]{1,64}$/.test(name)) throw new Error(`not a database name: ${name}`);
  await dropDatabase(serverUrl, name);
  await execute(serverUrl, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database of a server, if it exists. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const server = new URL(serverUrl);
  server.pathname = '/';
  await execute(server.href, `DROP DATABASE IF EXISTS \`${name.replaceAll('`', '``')}\``);
}
