// `pnpm bench`: every bench/*.bench.ts, one after the other; arguments pick those whose names contain them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateForDevelopment } from './lib/prepare.mjs';
import { root } from './lib/root.mjs';
import { runTypeScript } from './lib/run.mjs';

const wanted = process.argv.slice(2);
const files = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

if (files.length === 0) throw new Error(`no file in bench/ is called ${wanted.join(' or ') || '*.bench.ts'}`);
await generateForDevelopment();
for (const file of files) {
  console.log(`\n${file}`);
  const code = await runTypeScript(join(root, 'bench', file));
  if (code !== 0) process.exitCode = code;
}
