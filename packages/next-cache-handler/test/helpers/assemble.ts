import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where an app of layers lies as a whole: in its own layer, the package that decides which Next it runs on. */
export const assembledDir = (layer: string) => join(layer, '.next-app');

/**
 * Puts an app together of folders, the last of which is its own layer. A file of a later one takes the place of one
 * that has the same name before. What was built of it stays.
 */
export async function assemble(layers: readonly string[]): Promise<void> {
  const target = assembledDir(layers.at(-1) ?? '');
  for (const name of await readSources(target)) await rm(join(target, name), { recursive: true });
  for (const layer of layers) {
    for (const name of await readSources(layer)) {
      await cp(join(layer, name), join(target, name), { recursive: true });
    }
  }
}

/** Leaves out what is built and installed there. */
async function readSources(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.next') && name !== 'node_modules');
}
