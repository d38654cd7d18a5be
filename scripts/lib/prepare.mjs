import { root } from './root.mjs';
import { runNode, runTypeScript } from './run.mjs';

/** Ends this process with one sentence when a step that everything else needs has failed. */
async function must(/** @type {Promise<number>} */ step, /** @type {string} */ what) {
  const code = await step;
  if (code === 0) return;
  console.error(`${what} failed; see above.`);
  process.exit(code);
}

/** Writes what only tests, checks and benchmarks need, besides `generate`. */
export async function generateForDevelopment() {
  await generate();
  await must(
    runNode(`${root}/packages/prisma-cache/scripts/generate-test-client.mjs`),
    'Generating the Prisma client of the tests',
  );
}

/** Writes what is generated from sources: the Prisma clients, and the cache handlers that Next loads by path. */
export async function generate() {
  await Promise.all([
    must(runNode(`${root}/packages/database/scripts/generate.mjs`), 'Generating the Prisma clients'),
    must(
      runNode(`${root}/packages/next-cache-handler/scripts/build.mjs`),
      'Building the Next.js cache handlers',
    ),
  ]);
}

/**
 * `migrate` or `seed` on the database of `DATABASE_URL`, or the embedded one.
 *
 * @param {'migrate' | 'seed'} command
 */
export async function database(command) {
  await must(runTypeScript(`${root}/packages/database/src/cli/${command}.ts`), `pnpm db:${command}`);
}
