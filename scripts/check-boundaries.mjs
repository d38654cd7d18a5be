// Holds the sources to scripts/boundaries.config.mjs. Prints one line for each violation; exit code 1 if any.
// With an argument it checks that folder instead of the repository (for its own test).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSource } from './lib/check-source.mjs';
import { listProjectFiles } from './lib/project-files.mjs';
import { root } from './lib/root.mjs';

const base = process.argv[2] ?? root;
const files = listProjectFiles(base).filter((file) => /\.(ts|tsx|mts|mjs|js)$/.test(file));
const violations = files.flatMap((file) => checkSource(file, readFileSync(join(base, file), 'utf8')));
for (const violation of violations) console.log(violation);
console.log(`${files.length} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 && files.length > 0 ? 0 : 1;
