import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseError } from './errors.ts';

/** Where the data is, read once from a URL. */
export type DatabaseLocation =
  | { readonly provider: 'sqlite'; readonly path: string }
  | {
      readonly provider: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
      /** Most connections that one process opens. */
      readonly connectionLimit: number;
      /** `true`: TLS with a verified certificate. */
      readonly tls: boolean;
      /** Whether the server's key for MySQL 8 passwords may be taken from a connection without TLS. */
      readonly allowPublicKeyRetrieval: boolean;
    };

const mysqlParameters = ['connectionLimit', 'tls', 'allowPublicKeyRetrieval'];
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads a database URL.
 *
 * - `undefined`: the embedded SQLite database, `.data/tbi.sqlite` at the root of the repository.
 * - `file:<path>` or `file:///<path>`: that SQLite file; a relative path starts at the root of the repository.
 * - `mysql://user:password@host:3306/database` (or `mariadb://`), with the optional parameters
 *   `connectionLimit` (default 10), `tls=true` (default false) and `allowPublicKeyRetrieval`
 *   (default true on loopback, false elsewhere: without TLS somebody in between could offer a key of their own).
 *
 * @throws `ERR_DATABASE_URL`; the message never repeats the URL.
 */
export function parseDatabaseUrl(url: string | undefined): DatabaseLocation {
  if (url === undefined) return { provider: 'sqlite', path: join(repositoryRoot(), '.data', 'tbi.sqlite') };
  if (url.startsWith('file:')) return { provider: 'sqlite', path: sqlitePath(url) };
  if (/^(mysql|mariadb):\/\//.test(url)) return mysqlLocation(url);
  throw databaseError('ERR_DATABASE_URL', 'The database URL must start with mysql://, mariadb:// or file:');
}

function sqlitePath(url: string): string {
  if (url.startsWith('file://')) {
    try {
      return fileURLToPath(url);
    } catch (cause) {
      throw databaseError('ERR_DATABASE_URL', 'The file: URL must have three slashes or none', cause);
    }
  }
  const path = url.slice('file:'.length);
  if (path === '' || path.includes('?') || path.startsWith(':')) {
    throw databaseError(
      'ERR_DATABASE_URL',
      'The file: URL must be a plain path, such as file:.data/tbi.sqlite',
    );
  }
  return isAbsolute(path) ? path : resolve(repositoryRoot(), path);
}

function mysqlLocation(text: string): DatabaseLocation {
  if (!URL.canParse(text)) {
    throw databaseError(
      'ERR_DATABASE_URL',
      'The MySQL URL must be like mysql://user:password@host:3306/database',
    );
  }
  const url = new URL(text);
  const database = decode(url.pathname.slice(1));
  if (url.hostname === '' || database === '') {
    throw databaseError('ERR_DATABASE_URL', 'The MySQL URL must name a host and a database');
  }
  const unknown = [...url.searchParams.keys()].find((name) => !mysqlParameters.includes(name));
  if (unknown !== undefined) {
    throw databaseError(
      'ERR_DATABASE_URL',
      `The MySQL URL has an unknown parameter "${unknown}"; known are ${mysqlParameters.join(', ')}`,
    );
  }
  const connectionLimit = Number(url.searchParams.get('connectionLimit') ?? 10);
  if (!Number.isInteger(connectionLimit) || connectionLimit < 1) {
    throw databaseError(
      'ERR_DATABASE_URL',
      'connectionLimit in the MySQL URL must be a whole number above 0',
    );
  }
  return {
    provider: 'mysql',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3306),
    user: decode(url.username),
    password: decode(url.password),
    database,
    connectionLimit,
    tls: booleanParameter(url, 'tls', false),
    allowPublicKeyRetrieval: booleanParameter(
      url,
      'allowPublicKeyRetrieval',
      loopbackHosts.includes(url.hostname),
    ),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw databaseError('ERR_DATABASE_URL', 'The MySQL URL has a % that begins no escape; write it as %25');
  }
}

function booleanParameter(url: URL, name: string, defaultValue: boolean): boolean {
  const value = url.searchParams.get(name) ?? String(defaultValue);
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw databaseError('ERR_DATABASE_URL', `${name} in the MySQL URL must be true or false`);
}

/** What may be shown to people: no user, no password. */
export function describeLocation(location: DatabaseLocation): string {
  return location.provider === 'sqlite'
    ? `SQLite at ${location.path}`
    : `MySQL at ${location.host}:${location.port}/${location.database}`;
}

/**
 * The nearest folder above the working directory that has the workspace's manifest. Built output that was
 * copied away from the repository has none: there it is the working directory itself.
 */
function repositoryRoot(): string {
  const start = process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    // A bundler that traces files must not take the joined path for a request to ship the whole folder.
    if (existsSync(join(/* turbopackIgnore: true */ folder, 'pnpm-workspace.yaml'))) return folder;
    if (dirname(folder) === folder) return start;
  }
}
