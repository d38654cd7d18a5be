import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json');

/**
 * `prisma generate`, which downloads nothing: it looks for a schema engine, but does not start it, so that any
 * executable file will do.
 *
 * @param {string} schemaPath
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function generateClient(schemaPath, cwd) {
  const child = spawn(
    process.execPath,
    [join(dirname(prismaPackage), 'build', 'index.js'), 'generate', '--schema', schemaPath, '--no-hints'],
    {
      cwd,
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
