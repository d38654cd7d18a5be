import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Connection, ConnectionConfig, PoolConfig } from 'mariadb';
import { databaseError } from './errors.ts';
import { type DatabaseLocation, describeLocation } from './location.ts';

export type MysqlLocation = Extract<DatabaseLocation, { provider: 'mysql' }>;

const unknownDatabase = 1049;

/** The driver is loaded when the first query connects. */
export function mysqlAdapter(location: MysqlLocation): SqlDriverAdapterFactory {
  return {
    provider: 'mysql',
    adapterName: '@prisma/adapter-mariadb',
    connect: async () => {
      // The pool would try for its whole timeout, twice, and then tell nothing of the reason.
      const probe = await connectMysql(location);
      await probe.end();
      const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
      return new PrismaMariaDb(poolConfig(location), { database: location.database }).connect();
    },
  };
}

/**
 * One connection.
 *
 * @throws `ERR_DATABASE_MISSING` when the server lacks the database, otherwise `ERR_DATABASE_UNAVAILABLE` with
 *   the driver's reason, after 1.5 s at most.
 */
export async function connectMysql(
  location: MysqlLocation,
  options: ConnectionConfig = {},
): Promise<Connection> {
  const { createConnection } = await import('mariadb');
  try {
    return await createConnection({ ...connectionConfig(location), ...options });
  } catch (error) {
    const { errno, sqlMessage } = error as { errno?: unknown; sqlMessage?: string | null };
    const where = describeLocation(location);
    if (errno === unknownDatabase) {
      const statement = `CREATE DATABASE \`${location.database}\` CHARACTER SET utf8mb4`;
      throw databaseError('ERR_DATABASE_MISSING', `There is no ${where}; create it with: ${statement};`);
    }
    const reason = sqlMessage ?? (error instanceof Error ? error.message : 'unknown reason');
    throw databaseError('ERR_DATABASE_UNAVAILABLE', `${where} cannot be reached: ${reason}`);
  }
}

/**
 * A server that dies must be an error after seconds, not a hanging request: 2 s where a connection is missing,
 * 6 s where the server stops in the middle of a query.
 */
function poolConfig(location: MysqlLocation): PoolConfig {
  return {
    ...connectionConfig(location),
    connectionLimit: location.connectionLimit,
    acquireTimeout: 2_000,
    // Silence on a connection, far above the time that any statement of the product takes. It would also cut
    // idle connections, so these end before it.
    socketTimeout: 6_000,
    minimumIdle: 0,
    idleTimeout: 4,
  };
}

/** Times are UTC on both ends, whatever the server's time zone. */
function connectionConfig(location: MysqlLocation): ConnectionConfig {
  return {
    host: location.host,
    port: location.port,
    user: location.user,
    password: location.password,
    database: location.database,
    ssl: location.tls,
    allowPublicKeyRetrieval: location.allowPublicKeyRetrieval,
    connectTimeout: 1_500,
    timezone: 'Z',
  };
}
