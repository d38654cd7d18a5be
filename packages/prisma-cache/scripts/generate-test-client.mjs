/** Generates the clients that the tests are written against; takes milliseconds when nothing changed. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient, prismaPackage } from '@tbi/database/generate-client';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(packageFolder, 'generated');
const schemaPath = join(packageFolder, 'test', 'fixtures', 'schema.prisma');
const stampPath = join(folder, 'inputs.sha256');

const schema = await readFile(schemaPath, 'utf8');
const inputs = createHash('sha256')
  .update(schema)
  .update(await readFile(fileURLToPath(import.meta.url)))
  .update(await readFile(prismaPackage))
  .digest('hex');

if ((await readFile(stampPath, 'utf8').catch(() => '')) !== inputs) {
  await mkdir(folder, { recursive: true });
  // A run that is cut short must not look finished.
  await rm(stampPath, { force: true });
  await generateClient(schemaPath, packageFolder);
  const unfinished = `${stampPath}.${process.pid}`;
  await writeFile(unfinished, inputs);
  await rename(unfinished, stampPath);
}
