import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

export const webFolder = join(root, 'apps', 'web');

/** The production server that `pnpm build` makes. */
export const standaloneServer = join(webFolder, '.next', 'standalone', 'apps', 'web', 'serve.mjs');

/** The command line of the Next.js that the site depends on. */
export const nextBinary = join(
  dirname(createRequire(join(webFolder, 'package.json')).resolve('next/package.json')),
  'dist',
  'bin',
  'next',
);
