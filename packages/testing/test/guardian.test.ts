import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { poll, startRedis } from '../src/index.ts';

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const ownerFile = fileURLToPath(new URL('./fixtures/owner.ts', import.meta.url));

interface Started {
  pid: number;
  dataDir: string;
  port: number;
}

async function startOwner() {
  const folder = await mkdtemp(join(tmpdir(), 'tbi-owner-'));
  const file = join(folder, 'started.json');
  const owner = spawn(process.execPath, ['--import', tsx, ownerFile, file], { stdio: 'ignore' });
  const started: Started = await poll(async () => JSON.parse(await readFile(file, 'utf8')), {
    timeoutMs: 20_000,
  });
  return { owner, started, cleanUp: () => rm(folder, { recursive: true, force: true }) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a server and its folder are gone when its owner dies of %s',
  async (signal) => {
    const { owner, started, cleanUp } = await startOwner();
    expect(isAlive(started.pid)).toBe(true);
    owner.kill(signal);
    await poll(() => !isAlive(started.pid) && !existsSync(started.dataDir), {
      what: 'the server to be gone',
    });
    await cleanUp();
  },
);

test('a stopped (SIGSTOP) server is gone too when its owner is killed', async () => {
  const { owner, started, cleanUp } = await startOwner();
  process.kill(started.pid, 'SIGSTOP');
  owner.kill('SIGKILL');
  await poll(() => !isAlive(started.pid) && !existsSync(started.dataDir), { what: 'the server to be gone' });
  await cleanUp();
});

test('stop removes the data and may be called twice', async () => {
  const server = await startRedis();
  const { pid } = server;
  await server.stop();
  await server.stop();
  expect(existsSync(server.dataDir)).toBe(false);
  expect(pid !== undefined && isAlive(pid)).toBe(false);
});
