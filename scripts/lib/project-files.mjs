import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';

/** What tools install, generate and build. */
const skipped = new Set([
  'node_modules',
  'generated',
  'dist',
  '.git',
  '.next',
  '.turbo',
  '.data',
  'coverage',
]);

/**
 * The files that are written by hand.
 *
 * @param {string} [base] Default: the root of the repository.
 * @returns {string[]} relative to the base
 */
export function listProjectFiles(base = root, folder = base) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [relative(base, path)];
    return skipped.has(entry.name) || entry.name.startsWith('.next') ? [] : listProjectFiles(base, path);
  });
}
