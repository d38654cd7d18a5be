import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The command line of the Next.js that an app depends on. */
export function findNextBinary(dir: string): string {
  const manifest = createRequire(join(dir, 'package.json')).resolve('next/package.json');
  return join(dirname(manifest), 'dist', 'bin', 'next');
}
