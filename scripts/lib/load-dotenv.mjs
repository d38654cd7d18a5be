import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Adds what `.env` at the root sets to this process's environment. Variables that exist already win. */
export function loadDotenv() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
