import { existsSync } from 'node:fs';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { databaseError } from './errors.ts';

/** How long a statement waits for another process's write. */
export const sqliteBusyTimeoutMs = 5_000;

/**
 * The embedded database's adapter; the native driver is loaded when the first query connects.
 * A file that does not exist is an error (`ERR_DATABASE_MISSING`), not a new empty database.
 */
export function sqliteAdapter(path: string): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    connect: async () => {
      if (!existsSync(/* turbopackIgnore: true */ path)) {
        throw databaseError(
          'ERR_DATABASE_MISSING',
          `There is no database at ${path}; create it with: pnpm db:migrate`,
        );
      }
      const { PrismaLibSql } = await import('@prisma/adapter-libsql');
      return new PrismaLibSql({ url: `file:${path}`, timeout: sqliteBusyTimeoutMs }).connect();
    },
  };
}
