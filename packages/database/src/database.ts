import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../generated/mysql/client.ts';
import { PrismaClient as SqliteClient } from '../generated/sqlite/client.ts';
import { describeLocation, parseDatabaseUrl } from './location.ts';
import { mysqlAdapter } from './mysql.ts';
import { sqliteAdapter } from './sqlite.ts';

export interface Database {
  /**
   * One type for both databases, so that every query is checked against the database of record.
   * Not available on SQLite although it type-checks: `skipDuplicates`, full-text search, raw SQL of MySQL.
   */
  readonly client: PrismaClient;
  readonly provider: 'mysql' | 'sqlite';
  /** For people and logs: where the data is, without user and password. */
  describe(): string;
  /** Ends the connections. A later query opens them again. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Goes around Prisma's way to the database, for whoever wants to see what is executed. Default: nothing does. */
  readonly wrapAdapter?: (adapter: SqlDriverAdapterFactory) => SqlDriverAdapterFactory;
}

/**
 * The database at a URL; see `parseDatabaseUrl` for what it may be (`undefined`: the embedded SQLite).
 * Nothing is opened before the first query.
 *
 * @throws `ERR_DATABASE_URL`. The first query fails with `ERR_DATABASE_MISSING` when the database was not created
 *   and with `ERR_DATABASE_UNAVAILABLE` when MySQL cannot be reached (after 1.5 s at most); later ones with
 *   Prisma's `P2039` or `P2028` when MySQL went away (after 2 s; 6 s if it stops in the middle of a query).
 */
export function createDatabase(
  url: string | undefined,
  { wrapAdapter = (adapter) => adapter }: DatabaseOptions = {},
): Database {
  const location = parseDatabaseUrl(url);
  const client =
    location.provider === 'mysql'
      ? new PrismaClient({ adapter: wrapAdapter(mysqlAdapter(location)), errorFormat: 'minimal' })
      : // The schema is derived from MySQL's, so this client has the same models and results; its types
        // differ only in names and in filters that SQLite lacks. A test runs the site's queries on both.
        (new SqliteClient({
          adapter: wrapAdapter(sqliteAdapter(location.path)),
          errorFormat: 'minimal',
        }) as unknown as PrismaClient);
  return {
    client,
    provider: location.provider,
    describe: () => describeLocation(location),
    close: () => client.$disconnect(),
  };
}
