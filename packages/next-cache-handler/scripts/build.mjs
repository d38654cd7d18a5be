import { readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Next loads its cache handlers by path and does not compile them: plain JavaScript with our own packages in it.
 * What both need is one shared file. `ioredis` stays a dependency, so that a process has one copy of it.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/index.ts', incremental: 'src/incremental.ts', 'use-cache': 'src/use-cache.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'shared-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['ioredis'],
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

const written = new Set(Object.keys(metafile.outputs));
for (const name of await readdir(`${root}dist`)) {
  if (!written.has(`dist/${name}`)) await rm(`${root}dist/${name}`);
}
