import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installPackages } from '../src/programs/apt.ts';

let folder: string;
let policyFile: string;
const path = process.env.PATH;

// The program stands in for the system's: it notes its arguments and what the policy said meanwhile.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-apt-'));
  policyFile = join(folder, 'policy-rc.d');
  const program = join(folder, 'apt-get');
  await writeFile(
    program,
    `#!/bin/sh\necho "$@" >> ${folder}/calls\ncat ${policyFile} >> ${folder}/policies\nexit \${APT_EXIT:-0}\n`,
  );
  await chmod(program, 0o755);
  process.env.PATH = `${folder}:${path}`;
});
afterEach(async () => {
  process.env.PATH = path;
  delete process.env.APT_EXIT;
  await rm(folder, { recursive: true });
});

const read = (name: string) => readFile(join(folder, name), 'utf8');

test('services may not start while packages are installed, and may afterwards', async () => {
  await installPackages(['one', 'two'], policyFile);
  expect(await read('calls')).toMatch(/update\n.*install --yes --no-install-recommends one two\n/);
  expect(await read('policies')).toContain('exit 101');
  await expect(read('policy-rc.d')).rejects.toThrow('ENOENT');
});

test("somebody else's policy stays as it is", async () => {
  await writeFile(policyFile, 'theirs');
  await installPackages(['one'], policyFile);
  expect(await read('policy-rc.d')).toBe('theirs');
});

test('a failure removes the policy too', async () => {
  process.env.APT_EXIT = '100';
  await expect(installPackages(['one'], policyFile)).rejects.toThrow('apt-get update failed (100)');
  await expect(read('policy-rc.d')).rejects.toThrow('ENOENT');
});
