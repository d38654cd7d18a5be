/**
 * Generates both Prisma clients into generated/{mysql,sqlite}; takes milliseconds when nothing changed.
 * Downloads nothing: `prisma generate` looks for a schema engine, but does not start it, so that any
 * executable file will do.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deriveSqliteSchema } from './derive-sqlite.mjs';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const generatedFolder = join(packageFolder, 'generated');
const mysqlSchemaPath = join(packageFolder, '..', '..', 'prisma', 'schema.prisma');
const sqliteSchemaPath = join(generatedFolder, 'sqlite.prisma');
const stampPath = join(generatedFolder, 'inputs.sha256');
const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json');

const mysqlSchema = await readFile(mysqlSchemaPath, 'utf8');
const inputs = createHash('sha256')
  .update(mysqlSchema)
  .update(await readFile(fileURLToPath(import.meta.url)))
  .update(await readFile(join(packageFolder, 'scripts', 'derive-sqlite.mjs')))
  .update(await readFile(prismaPackage))
  .digest('hex');

if ((await readFile(stampPath, 'utf8').catch(() => '')) !== inputs) {
  await mkdir(generatedFolder, { recursive: true });
  // A run that is cut short must not look finished.
  await rm(stampPath, { force: true });
  await writeFile(
    sqliteSchemaPath,
    deriveSqliteSchema(mysqlSchema).replace('"../packages/database/generated/', '"./'),
  );
  await Promise.all([generateClient(mysqlSchemaPath), generateClient(sqliteSchemaPath)]);
  const unfinished = `${stampPath}.${process.pid}`;
  await writeFile(unfinished, inputs);
  await rename(unfinished, stampPath);
}

function generateClient(schemaPath) {
  const child = spawn(
    process.execPath,
    [join(dirname(prismaPackage), 'build', 'index.js'), 'generate', '--schema', schemaPath, '--no-hints'],
    {
      cwd: packageFolder,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) =>
      exitCode === 0 ? resolve() : reject(new Error(`prisma generate failed for ${schemaPath}\n${output}`)),
    );
  });
}
