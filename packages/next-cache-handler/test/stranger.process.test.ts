import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  buildNext,
  cleanEnv,
  type NextServer,
  poll,
  type RedisServer,
  startNext,
  startRedis,
} from '@tbi/testing';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visit } from './helpers/fixture.ts';
import { createFolder, createStranger, packHandlers, removeFolder, runIn } from './helpers/stranger.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let folder: string;
let handlers: string;
let redis: RedisServer;

beforeAll(async () => {
  folder = await createFolder();
  [handlers, redis] = await Promise.all([packHandlers(folder), startRedis()]);
});

afterAll(async () => {
  await redis?.stop();
  await removeFolder(folder);
});

test('the packed package is one that publint has nothing to say about', async () => {
  expect(await publint({ pkgDir: handlers, pack: false, strict: true })).toMatchObject({ messages: [] });
});

describe.each([
  { version: 'Next 16.4', fixture: 'app-16-isr' },
  { version: 'Next 15.5', fixture: 'app-15' },
])('an app of $version outside of this repository', ({ fixture }) => {
  let dir: string;

  beforeAll(async () => {
    dir = await createStranger({ folder, fixture, handlers });
  });

  const handler = (name: string) => join(dir, 'node_modules/@tbi/next-cache-handler/dist', `${name}.js`);
  const variables = () => ({
    NEXT_CACHE_HANDLER_PATH: handler('incremental'),
    NEXT_DEFAULT_CACHE_HANDLER_PATH: handler('use-cache'),
    NEXT_REMOTE_CACHE_HANDLER_PATH: handler('use-cache'),
  });

  /** Two processes, one after the other: what the second one has, it has from Redis. */
  async function expectShared(start: () => Promise<NextServer>) {
    await redis.command('FLUSHALL');
    const first = await start();
    let page: string | undefined;
    let data: string | undefined;
    try {
      page = await poll(async () => {
        const { cache, value } = await visit(first, '/p/any');
        return cache === 'HIT' ? value : undefined;
      });
      data = (await visit(first, '/used/any')).value;
      expect(data).toBeDefined();
      expect(await visit(first, '/used/any')).toMatchObject({ value: data });
    } finally {
      await first.stop();
    }
    const second = await start();
    try {
      expect(await visit(second, '/p/any')).toEqual({ status: 200, cache: 'HIT', value: page });
      expect(await visit(second, '/used/any')).toMatchObject({ value: data });
      expect(await visit(second, '/p/built')).toMatchObject({ status: 200, cache: 'STALE' });
    } finally {
      await second.stop();
    }
    const keys = (await redis.command('KEYS', '*')) as string[];
    expect(keys.filter((key) => !key.startsWith('tbi:stranger-shop:'))).toEqual([]);
  }

  test('is built without Redis and served with it, with three variables and REDIS_URL', async () => {
    await buildNext({ dir, env: variables() });
    await expectShared(() => startNext({ dir, env: { ...variables(), REDIS_URL: redis.url } }));
  });

  test('runs from its standalone output, which has the handlers in it', async () => {
    const env = { REDIS_URL: redis.url };
    const alone = join(dir, '.next', 'standalone');
    await expectShared(() => startNext({ dir: alone, serverFile: join(alone, 'server.js'), env }));
  });

  test('in development caches data, and never serves what older code has computed', async () => {
    const code = join(dir, 'lib', 'version.js');
    const edit = (version: string) => writeFile(code, `export const version = () => '${version}';\n`);
    const start = () => startNext({ dir, mode: 'dev', env: { ...variables(), REDIS_URL: redis.url } });
    const paths = ['/used/dev', '/unstable/dev'];

    /** Until the new code answers, and twice from the cache then. What it answers with is its own. */
    async function expectCached(server: NextServer, version: string) {
      const mixed: string[] = [];
      for (const path of paths) {
        let last = '';
        await poll(
          async () => {
            const text = await (await server.fetch(path)).text();
            const [, running, computed] = /^code=(\w+) value=(\w+) /.exec(text) ?? [];
            if (computed !== running) mixed.push(`${path}: ${text}`);
            const repeated = running === version && text === last;
            last = text;
            return repeated;
          },
          { timeoutMs: 60_000, what: `a cached answer of the code ${version}` },
        );
      }
      expect(mixed).toEqual([]);
    }

    const server = await start();
    try {
      await expectCached(server, 'first');
      await edit('second');
      await expectCached(server, 'second');
      expect(await server.readLogs()).toContain('To end them now, restart');
    } finally {
      await server.stop();
    }
    await edit('third');
    const restarted = await start();
    try {
      await expectCached(restarted, 'third');
    } finally {
      await restarted.stop();
    }
    const keys = (await redis.command('KEYS', 'tbi:stranger-shop:e:fetch:*')) as string[];
    expect(keys.some((key) => key.includes(':development:'))).toBe(true);
  });
});

test('the handlers load by require, by import, and by the names that a configuration would resolve', async () => {
  const dir = join(folder, 'uses-app-15');
  const loaded = await runIn(
    dir,
    'load.cjs',
    `const name = require('@tbi/next-cache-handler/incremental').default.name;
    const handler = require('@tbi/next-cache-handler/use-cache').default;
    import('@tbi/next-cache-handler').then(({ getEngine }) => {
      console.log(name, typeof handler.get, typeof getEngine);
      console.log(require.resolve('@tbi/next-cache-handler/incremental'));
    });`,
  );
  const file = join(dir, 'node_modules/@tbi/next-cache-handler/dist/incremental.js');
  expect(loaded.split('\n')).toEqual(['IncrementalCacheHandler function function', file]);
});

test('its types need nothing of this repository', async () => {
  const dir = join(folder, 'uses-app-15');
  await writeFile(
    join(dir, 'types.ts'),
    `import { getEngine } from '@tbi/next-cache-handler';
    import Handler from '@tbi/next-cache-handler/incremental';
    import handler from '@tbi/next-cache-handler/use-cache';
    const engine = getEngine();
    export const done: Promise<{ readonly pending: boolean }> = engine.invalidate(['a']);
    export const made: Promise<unknown> = new Handler({ serverDistDir: '' }).get('k', { kind: 'FETCH' });
    export const tags: Promise<void> = handler.updateTags(['a']);
    // @ts-expect-error A tag is a text.
    engine.invalidate([1]);`,
  );
  const typescript = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'preserve', '--types', 'node'];
  const typeRoots = ['--typeRoots', join(repository, 'node_modules', '@types')];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [typescript, ...options, ...typeRoots, 'types.ts'],
    {
      cwd: dir,
      env: cleanEnv(),
    },
  );
  expect(stdout).toBe('');
});
