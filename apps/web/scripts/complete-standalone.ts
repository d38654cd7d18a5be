import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { addNonces, createNonce } from '../src/serve/nonce.ts';

/** What Next leaves out of the standalone output, relative to its own output. */
const LEFT_OUT = ['static', 'tbi-build.json'];

/**
 * Makes Next's standalone output complete: browser files, what the build was made of, the server that runs it, and the
 * placeholder of this build's nonces, which the scripts of prerendered pages get here.
 */
export async function completeStandalone(app: string): Promise<void> {
  const output = join(app, '.next');
  const site = join(output, 'standalone', 'apps', 'web');
  for (const name of LEFT_OUT) {
    await cp(join(output, name), join(site, '.next', name), { recursive: true, force: true }).catch(
      ignoreMissing,
    );
  }
  const placeholder = createNonce();
  await writeFile(join(site, '.next', 'nonce-placeholder'), placeholder, { mode: 0o640 });
  await addNoncesBelow(join(site, '.next', 'server'), placeholder);
  await build({
    entryPoints: [join(app, 'src', 'serve', 'main.ts')],
    outfile: join(site, 'serve.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
}

async function addNoncesBelow(folder: string, placeholder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
    const file = join(entry.parentPath, entry.name);
    await writeFile(file, addNonces(await readFile(file, 'utf8'), placeholder));
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
