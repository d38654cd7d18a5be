// Holds the sources to scripts/boundaries.config.mjs. Prints one line for each violation; exit code 1 if any.
// With an argument it checks that folder instead of the repository (for its own test).
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkSource } from './lib/check-source.mjs';
import { root } from './lib/root.mjs';

const base = process.argv[2] ?? root;
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
 * @param {string} folder
 * @returns {string[]} paths of source files relative to the base
 */
function findSources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return skipped.has(entry.name) || entry.name.startsWith('.next') ? [] : findSources(path);
    return /\.(ts|tsx|mts|mjs|js)$/.test(entry.name) ? [relative(base, path)] : [];
  });
}

const files = findSources(base);
const violations = files.flatMap((file) => checkSource(file, readFileSync(join(base, file), 'utf8')));
for (const violation of violations) console.log(violation);
console.log(`${files.length} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 && files.length > 0 ? 0 : 1;
