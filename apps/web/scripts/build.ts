import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createDatabase } from '@tbi/database';
import { authEnv, databaseEnv, readEnv } from '@tbi/env';
import { pageFingerprint } from '../src/server/page-fingerprint.ts';
import { siteAddress } from '../src/server/site-address.ts';
import { completeStandalone } from './complete-standalone.ts';

/*
 * Builds the site from the database of BUILD_DATABASE_URL, or else from the embedded one, which is created and
 * filled if it is missing. Beside the build it writes tbi-build.json: what data and address the prerendered
 * pages were made of, so that a server with other ones does not use them.
 */
const app = join(import.meta.dirname, '..');
const record = join(app, '.next', 'tbi-build.json');
const nextBinary = join(
  dirname(createRequire(import.meta.url).resolve('next/package.json')),
  'dist',
  'bin',
  'next',
);

async function build(): Promise<void> {
  // What only a running site needs is not demanded.
  const { database: urls, auth } = readEnv(
    { database: databaseEnv, auth: authEnv },
    { ...process.env, NEXT_PHASE: 'phase-production-build' },
  );
  if (urls.buildUrl === undefined) {
    await runDatabaseCommand('migrate');
    await runDatabaseCommand('seed');
  }
  const database = createDatabase(urls.buildUrl);
  const fingerprintNow = () => pageFingerprint(database, siteAddress(auth.url));
  console.log(`Building from ${database.describe()}`);

  await rm(record, { force: true });
  const beganAtMs = Date.now();
  const fingerprint = await fingerprintNow();
  await run([nextBinary, 'build']);
  if ((await fingerprintNow()) === fingerprint) {
    await writeFile(record, `${JSON.stringify({ fingerprint, beganAtMs, builtAtMs: Date.now() })}\n`);
  } else {
    console.warn('The data changed during the build: its prerendered pages will not be used.');
  }
  await database.close();
  await completeStandalone(app);
}

/** On the embedded database, whatever database the running site will have. */
function runDatabaseCommand(name: 'migrate' | 'seed'): Promise<void> {
  const file = join(app, '..', '..', 'packages', 'database', 'src', 'cli', `${name}.ts`);
  return run(['--import', 'tsx', file], { DATABASE_URL: '' });
}

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: app,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args.join(' ')} failed; see above.`);
}

try {
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
