/** Generates both Prisma clients into generated/{mysql,sqlite}; takes milliseconds when nothing changed. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deriveSqliteSchema } from './derive-sqlite.mjs';
import { generateClient, prismaPackage } from './generate-client.mjs';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const generatedFolder = join(packageFolder, 'generated');
const mysqlSchemaPath = join(packageFolder, '..', '..', 'prisma', 'schema.prisma');
const sqliteSchemaPath = join(generatedFolder, 'sqlite.prisma');
const stampPath = join(generatedFolder, 'inputs.sha256');

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
  await Promise.all([
    generateClient(mysqlSchemaPath, packageFolder),
    generateClient(sqliteSchemaPath, packageFolder),
  ]);
  const unfinished = `${stampPath}.${process.pid}`;
  await writeFile(unfinished, inputs);
  await rename(unfinished, stampPath);
}
