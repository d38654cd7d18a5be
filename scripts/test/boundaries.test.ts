import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSource } from '../lib/check-source.mjs';
import { root } from '../lib/root.mjs';
import { capture } from '../lib/run.mjs';

const file = 'packages/cache/src/engine.ts';

test.each([
  ['a package above', file, "import { x } from '@tbi/redis';", 'packages/cache may not import @tbi/redis'],
  ['a package above, types only', file, "import type { X } from '@tbi/redis';", 'may not import @tbi/redis'],
  ['in the form of a type', file, "type X = import('@tbi/env').X;", 'may not import @tbi/env'],
  ['a dynamic import', file, "await import('@tbi/env');", 'may not import @tbi/env'],
  ['a re-export', file, "export { x } from '@tbi/env';", 'may not import @tbi/env'],
  ['the way around the package', file, "import '../../redis/src/index.ts';", 'belongs to another part'],
  ['a library of another layer', file, "import { Redis } from 'ioredis';", 'may not import ioredis'],
  [
    'test servers in the product',
    file,
    "import { startRedis } from '@tbi/testing';",
    'may not import @tbi/testing',
  ],
  ['the environment', file, 'const url = process.env.REDIS_URL;', 'only packages/env reads process.env'],
  ['the whole environment', file, 'read(process.env);', 'only packages/env reads process.env'],
  ['a command over all keys', file, "send('KEYS', '*');", 'KEYS costs time'],
  [
    'another one where SCAN is right',
    'packages/operations/src/walk.ts',
    "send('KEYS', '*');",
    'KEYS costs time',
  ],
  ['a new package', 'packages/new/src/a.ts', "import '@tbi/env';", 'has no entry'],
])('%s is a violation', (_name, path, text, message) => {
  expect(checkSource(path, `// first line\n${text}`)).toEqual([expect.stringContaining(message)]);
  expect(checkSource(path, `// first line\n${text}`)[0]).toContain(`${path}:2:`);
});

test.each([
  ['a slice of all keys, where there is a reason', 'packages/operations/src/walk.ts', "send('SCAN', '0');"],
  ['a library of its own', file, "import { LRUCache } from 'lru-cache';"],
  ['Node itself', file, "import { join } from 'node:path';"],
  ['its own files', file, "import { y } from './frame.ts'; import { z } from '../src/keys.ts';"],
  ['test servers in a test', 'packages/cache/test/a.test.ts', "import { startRedis } from '@tbi/testing';"],
  ['the environment, where it is read', 'packages/env/src/read-env.ts', 'read(process.env);'],
  ['what Next replaces', 'apps/web/src/a.ts', "if (process.env.NODE_ENV === 'production') go();"],
  ['words in comments and texts', file, "// process.env, @tbi/redis\nlog('set process.env, not KEYS');"],
  [
    'the seed beside the schema',
    'packages/database/src/cli/seed.ts',
    "import '../../../../prisma/seed/index.ts';",
  ],
])('%s is allowed', (_name, path, text) => {
  expect(checkSource(path, text)).toEqual([]);
});

test('the command fails with the place of a planted violation', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tbi-boundaries-'));
  const planted = join(folder, 'packages/redis/src/connect.ts');
  await mkdir(dirname(planted), { recursive: true });
  await writeFile(planted, "import { createCache } from '@tbi/cache';\n");
  const { code, output } = await capture(process.execPath, [
    join(root, 'scripts', 'check-boundaries.mjs'),
    folder,
  ]);
  await rm(folder, { recursive: true });
  expect(code).toBe(1);
  expect(output).toContain('packages/redis/src/connect.ts:1: packages/redis may not import @tbi/cache');
});
