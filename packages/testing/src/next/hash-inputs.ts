import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const IGNORED = new Set(['node_modules', 'next-env.d.ts', '.git', '.data', '.turbo', 'coverage', 'test']);

/** A digest of the names and bytes of all files below these paths (files or folders), outputs left out. */
export async function hashInputs(paths: readonly string[], extra: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  for (const text of extra) hash.update(text).update('\0');
  for (const path of paths) await addPath(hash, path);
  return hash.digest('hex');
}

async function addPath(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const info = await stat(path);
  if (info.isFile()) {
    hash
      .update(path)
      .update('\0')
      .update(await readFile(path));
    return;
  }
  for (const entry of (await readdir(path, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    // `.next` and its variants are what a build writes.
    if (IGNORED.has(entry.name) || entry.name.startsWith('.next') || entry.name.endsWith('.tsbuildinfo'))
      continue;
    if (entry.isFile() || entry.isDirectory()) await addPath(hash, join(path, entry.name));
  }
}
