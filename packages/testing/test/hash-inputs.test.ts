import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildNext } from '../src/index.ts';
import { hashInputs } from '../src/next/hash-inputs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-hash-'));
  await writeFile(join(folder, 'page.tsx'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

test('content, names and what is given beside them count; outputs do not', async () => {
  const before = await hashInputs([folder], ['env']);
  await mkdir(join(folder, '.next'));
  await writeFile(join(folder, '.next', 'BUILD_ID'), 'x');
  expect(await hashInputs([folder], ['env'])).toBe(before);
  expect(await hashInputs([folder], ['other env'])).not.toBe(before);
  await writeFile(join(folder, 'page.tsx'), 'two');
  expect(await hashInputs([folder], ['env'])).not.toBe(before);
});

test('an app is built once for the same inputs, however many ask at the same time', async () => {
  const script = 'fs.mkdirSync(".next",{recursive:true});fs.appendFileSync(".next/builds","x")';
  const build = () => buildNext({ dir: folder, command: ['-e', script] });
  const results = await Promise.all([build(), build(), build()]);
  expect(results.filter(({ built }) => built)).toHaveLength(1);
  await writeFile(join(folder, 'page.tsx'), 'two');
  expect(await build()).toEqual({ built: true });
});

test('a build that fails is not taken for the one before it', async () => {
  await expect(
    buildNext({ dir: folder, command: ['-e', 'console.log("why");process.exit(1)'] }),
  ).rejects.toThrow('why');
});
