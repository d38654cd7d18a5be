import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nextBinary, webFolder } from './next.mjs';
import { root } from './root.mjs';
import { capture } from './run.mjs';

/** @typedef {{ name: string, passed: boolean }} LintResult */

/** @type {readonly { name: string, run: () => Promise<{ code: number, output: string }> }[]} */
const steps = [
  { name: 'format', run: () => bin('biome', ['check', '--linter-enabled=false', '.']) },
  { name: 'lint', run: () => bin('biome', ['lint', '--error-on-warnings', '.']) },
  { name: 'types', run: checkTypes },
  {
    name: 'boundaries',
    run: () => capture(process.execPath, [join(root, 'scripts', 'check-boundaries.mjs')]),
  },
  { name: 'dead code', run: () => bin('knip', ['--no-progress', '--no-config-hints']) },
];

/**
 * Runs all steps, prints one line for each, and the output of those that fail.
 *
 * @returns {Promise<LintResult[]>}
 */
export async function lint() {
  /** @type {LintResult[]} */
  const results = [];
  for (const { name, run } of steps) {
    const began = performance.now();
    const { code, output } = await run();
    const passed = code === 0;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${passed ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (!passed) console.log(output.trim().replaceAll(/^/gm, '    '));
    results.push({ name, passed });
  }
  return results;
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
function bin(name, args) {
  return capture(join(root, 'node_modules', '.bin', name), args);
}

/** Every folder with a tsconfig.json, two at a time; what has not changed since the last time is not checked again. */
async function checkTypes() {
  // The site's routes and lifetimes are types that Next derives from its sources.
  const generated = await capture(process.execPath, [nextBinary, 'typegen'], { cwd: webFolder });
  if (generated.code !== 0) return generated;
  const projects = findProjects();
  const cacheFolder = join(root, 'node_modules', '.cache', 'types');
  mkdirSync(cacheFolder, { recursive: true });
  /** @type {{ code: number, output: string }[]} */
  const results = [];
  const worker = async () => {
    for (let project = projects.shift(); project !== undefined; project = projects.shift()) {
      const buildInfo = join(cacheFolder, `${project.replaceAll('/', '-')}.tsbuildinfo`);
      const args = ['--project', project, '--noEmit', '--incremental', '--tsBuildInfoFile', buildInfo];
      results.push(await bin('tsc', args));
    }
  };
  await Promise.all([worker(), worker()]);
  return {
    code: results.some(({ code }) => code !== 0) ? 1 : 0,
    output: results.map(({ output }) => output).join(''),
  };
}

/** @returns {string[]} relative to the root, the largest first */
function findProjects() {
  const below = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  return [...below, '.'].filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));
}
