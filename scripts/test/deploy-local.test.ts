import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnv, createTemporaryFolder, type TemporaryFolder } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../lib/root.mjs';

const { scripts } = (await import('../../package.json', { with: { type: 'json' } })).default;
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createTemporaryFolder('deploy');
});
afterAll(() => folder.remove());

/** `pnpm deploy:local --reload` where there is no release yet: it ends before it asks PM2 for anything. */
function reload(variables: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
  const [program, ...args] = `${scripts['deploy:local']} --reload`.split(' ');
  expect(program).toBe('node');
  const env = cleanEnv({
    DEPLOY_DIR: join(folder.path, 'deploy'),
    PM2_HOME: join(folder.path, 'pm2'),
    ...variables,
  });
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

test('stops at wrong variables of the deployment before it does anything, and names them all', async () => {
  const { code, output } = await reload({ DEPLOY_INSTANCES: 'many', DEPLOY_MAX_MEMORY: '768 MB' });
  expect(code).toBe(1);
  expect(output).toMatch(/The environment has 2 problems:/);
  expect(output).toMatch(/DEPLOY_INSTANCES: expected a whole number of workers/);
  expect(output).toMatch(/DEPLOY_MAX_MEMORY: expected the memory/);
  expect(await readdir(folder.path)).toEqual([]);
});

test('goes on with right ones, to the folder that they name', async () => {
  const { code, output } = await reload({ DEPLOY_INSTANCES: '2', DEPLOY_MAX_MEMORY: '1G' });
  expect(code).toBe(1);
  expect(output).toContain(`There is no release in ${join(folder.path, 'deploy')} yet`);
  expect(await readdir(folder.path)).toEqual([]);
});
