import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';

/** The types of the packed package: like its code, with those of our own packages in them. */
const root = fileURLToPath(new URL('..', import.meta.url));

const bundle = await rollup({
  input: {
    index: `${root}src/index.ts`,
    incremental: `${root}src/incremental.ts`,
    'use-cache': `${root}src/use-cache.ts`,
  },
  plugins: [
    dts({ tsconfig: `${root}tsconfig.json`, includeExternal: ['@tbi/cache', '@tbi/env', '@tbi/redis'] }),
  ],
});
await bundle.write({ dir: `${root}dist`, chunkFileNames: 'types-[hash].d.ts' });
await bundle.close();
