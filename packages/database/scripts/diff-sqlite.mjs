import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import { deriveSqliteSchema } from './derive-sqlite.mjs';

const prismaFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'prisma');

export const mysqlMigrations = join(prismaFolder, 'migrations');
export const sqliteMigrations = join(prismaFolder, 'migrations-sqlite');

/** Names of the migrations in a folder, in the order in which they apply. */
export async function migrationNames(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * The SQL that leads from the SQLite migrations to the schema derived from prisma/schema.prisma: empty when
 * they agree. Made by Prisma's schema engine, which exists for SQLite as WebAssembly.
 */
export async function diffSqlite() {
  const names = await migrationNames(sqliteMigrations);
  const schema = deriveSqliteSchema(await readFile(join(prismaFolder, 'schema.prisma'), 'utf8'));
  const result = await (await startEngine()).diff({
    from: {
      tag: 'migrations',
      baseDir: sqliteMigrations,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"' },
      shadowDbInitScript: '',
      migrationDirectories: await Promise.all(
        names.map(async (path) => ({
          path,
          migrationFile: {
            path: 'migration.sql',
            content: {
              tag: 'ok',
              value: await readFile(join(sqliteMigrations, path, 'migration.sql'), 'utf8'),
            },
          },
        })),
      ),
    },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  const foundNoDifference = 0;
  return result.exitCode === foundNoDifference ? '' : result.stdout;
}

async function startEngine() {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine.SchemaEngine.new({ datamodels: undefined }, () => {}, memoryDatabase());
}

function memoryDatabase() {
  const libsql = new PrismaLibSql({ url: ':memory:' });
  return bindMigrationAwareSqlAdapterFactory({
    provider: libsql.provider,
    adapterName: libsql.adapterName,
    connect: () => libsql.connect(),
    connectToShadowDb: async () => {
      const database = await libsql.connectToShadowDb();
      // The engine sends a whole migration through executeRaw, of which libSQL runs the first statement only.
      database.executeRaw = async ({ sql }) => {
        await database.executeScript(sql);
        return 0;
      };
      return database;
    },
  });
}
