import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  createTemporaryFolder,
  LOGROTATE,
  poll,
  requireSource,
  sleep,
  type TemporaryFolder,
} from '@tbi/testing';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useRelease } from '../../scripts/lib/releases.mjs';
import { type Pm2Site, preparePm2Site } from './support/pm2.ts';

const logFiles = join(import.meta.dirname, '..', '..', 'apps', 'web', 'src', 'serve', 'log-files.ts');
const run = promisify(execFile);
const WORKERS = 2;
const ROTATIONS = 3;

let pm2: Pm2Site;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createTemporaryFolder('rotation');
  pm2 = await preparePm2Site({ DEPLOY_INSTANCES: String(WORKERS) });
  await installTalkativeRelease();
  await pm2.deploy('--reload');
});
afterAll(async () => {
  await pm2?.stop();
  await folder?.remove();
});

/** In place of the site's server: what logs more than a site does, and counts it. */
async function installTalkativeRelease() {
  const app = join(pm2.deployDir, 'releases', 'talkative', 'apps', 'web');
  await mkdir(app, { recursive: true });
  await mkdir(join(pm2.deployDir, 'logs'));
  await writeFile(join(app, 'log-files.mjs'), await withoutTypes(logFiles));
  const talkative = await withoutTypes(join(import.meta.dirname, 'fixtures', 'talkative.ts'));
  await writeFile(join(app, 'serve.mjs'), talkative.replace(/'[^']+log-files\.ts'/, "'./log-files.mjs'"));
  await useRelease(pm2.deployDir, 'talkative');
}

async function withoutTypes(file: string): Promise<string> {
  const compilerOptions = { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 };
  return transpileModule(await readFile(file, 'utf8'), { compilerOptions }).outputText;
}

/** deploy/logrotate.conf as it is, but for where things are and whose. */
async function rotate() {
  const source = await requireSource(LOGROTATE);
  if (source.kind !== 'program') throw new Error('logrotate is a program');
  const text = await readFile(join(import.meta.dirname, '..', 'logrotate.conf'), 'utf8');
  const [user, group] = await Promise.all(
    ['-un', '-gn'].map(async (what) => (await run('id', [what])).stdout.trim()),
  );
  const config = join(folder.path, 'logrotate.conf');
  const moved = text
    .replaceAll('/srv/tbi/.pm2', pm2.home)
    .replaceAll('/srv/tbi', pm2.deployDir)
    .replaceAll(/(su|create 0640) tbi tbi/g, `$1 ${user} ${group}`)
    // Only root may be somebody else.
    .replace(process.getuid?.() === 0 ? '' : /^ *su .*$/m, '');
  await writeFile(config, moved, { mode: 0o644 });
  await run(source.path, ['--force', '--state', join(folder.path, 'state'), config]);
}

async function readLogs(name: 'out' | 'error'): Promise<string> {
  const logs = join(pm2.deployDir, 'logs');
  const files = (await readdir(logs)).filter((file) => file.startsWith(`${name}.log`));
  const texts = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(logs, file));
      return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    }),
  );
  return texts.join('');
}

it('no line is lost when logs are rotated, nor when workers end, and new ones go into the new files', async () => {
  for (let i = 0; i < ROTATIONS; i += 1) {
    await sleep(300);
    await rotate();
    const current = join(pm2.deployDir, 'logs', 'out.log');
    await poll(async () => (await readFile(current, 'utf8')).includes('line '), {
      what: 'a line in the new file',
    });
  }
  await pm2.deploy('--reload');
  const [out, error] = [await readLogs('out'), await readLogs('error')];
  const ends = [...out.matchAll(/end (\d+) (\d+)$/gm)];
  expect(ends).toHaveLength(WORKERS);
  for (const [, pid, count] of ends) {
    const expected = Array.from({ length: Number(count) }, (_, index) => index + 1);
    for (const text of [out, error]) {
      const numbers = [...text.matchAll(new RegExp(`line ${pid} (\\d+)$`, 'gm'))].map(([, n]) => Number(n));
      expect(numbers.sort((a, b) => a - b)).toEqual(expected);
    }
    expect(expected.length).toBeGreaterThan(500);
  }
  // One for each rotation, of which the newest waits to be compressed.
  const files = await readdir(join(pm2.deployDir, 'logs'));
  expect(files.filter((file) => file.endsWith('.gz'))).toHaveLength(2 * (ROTATIONS - 1));
});
