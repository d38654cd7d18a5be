import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultKeyPrefix } from '../src/key-prefix.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tbi-prefix-'));
  await mkdir(join(root, 'inner'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const putManifest = (folder: string, text: string) => writeFile(join(root, folder, 'package.json'), text);

test.each([
  ['{"name":"shop"}', 'tbi:shop:'],
  ['{"name":"@acme/shop"}', 'tbi:@acme/shop:'],
  // Such a name cannot be published, but an app's need not be: braces would decide the slot in a Cluster.
  ['{"name":"my {shop}*"}', 'tbi:my--shop--:'],
])('an app has its own prefix: %s', async (manifest, prefix) => {
  await putManifest('.', manifest);
  expect(defaultKeyPrefix(root)).toBe(prefix);
});

test.each(['{"type":"commonjs"}', '{"name":""}', '{"name":1}', 'no JSON'])(
  'a manifest without a name is passed over: %s',
  async (manifest) => {
    await putManifest('.', '{"name":"outer"}');
    await putManifest('inner', manifest);
    expect(defaultKeyPrefix(join(root, 'inner'))).toBe('tbi:outer:');
  },
);

test('without any manifest the prefix is that of the product', () => {
  expect(defaultKeyPrefix('/')).toBe('tbi:');
});
