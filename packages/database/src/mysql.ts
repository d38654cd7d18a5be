import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { PoolConfig } from 'mariadb';
import type { DatabaseLocation } from './location.ts';

type MysqlLocation = Extract<DatabaseLocation, { provider: 'mysql' }>;

/**
 * Settings of the pool behind a web process: a dead server must be an error after seconds, not a hanging
 * request. The adapter asks the pool twice before a first query can fail, so that a server which never
 * answers costs two `acquireTimeout`.
 */
export function poolConfig(location: MysqlLocation): PoolConfig {
  return {
    ...connectionConfig(location),
    connectionLimit: location.connectionLimit,
    minimumIdle: 1,
    idleTimeout: 60,
    acquireTimeout: 2_000,
    // Silence on a busy connection: far above any query of the site, and the only bound on a hung server.
    socketTimeout: 15_000,
  };
}

/** Settings of a single connection. Time is UTC on both ends. */
export function connectionConfig(location: MysqlLocation) {
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
    charset: 'utf8mb4',
  };
}

/** The driver is loaded when the first query connects. */
export function mysqlAdapter(location: MysqlLocation): SqlDriverAdapterFactory {
  return {
    provider: 'mysql',
    adapterName: '@prisma/adapter-mariadb',
    connect: async () => {
      const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
      return new PrismaMariaDb(poolConfig(location), { database: location.database }).connect();
    },
  };
}
