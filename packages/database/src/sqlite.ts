import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { databaseError } from './errors.ts';

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
          `There is no database at ${path}; create it with: pnpm db:migrate && pnpm db:seed`,
        );
      }
      const { connectSqlite } = await import('./sqlite-connection.ts');
      return connectSqlite(sqliteUrl(path));
    },
  };
}

/** A path as libSQL wants it. */
export function sqliteUrl(path: string): string {
  return pathToFileURL(path).href;
}
