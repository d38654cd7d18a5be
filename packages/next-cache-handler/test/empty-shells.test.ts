import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIncrementalHandler } from '../src/incremental-handler.ts';
import { FINGERPRINT_SLOT } from '../src/seeds/build-data.ts';
import { createTestRuntime, type TestRuntime } from './helpers/runtime.ts';
import { page } from './helpers/values.ts';

const KEY = `/route-cache/APP_PAGE/${'0'.repeat(64)}/$/[slug]`;
const CONTEXT = { kind: 'APP_PAGE', isFallback: true, isRoutePPREnabled: true } as const;

let root: string;
let runtime: TestRuntime;
let handler: ReturnType<typeof createIncrementalHandler>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'shells-'));
  await mkdir(join(root, 'server', 'app'), { recursive: true });
  runtime = createTestRuntime();
  handler = createIncrementalHandler(runtime);
});
afterEach(async () => {
  Reflect.deleteProperty(globalThis, FINGERPRINT_SLOT);
  await rm(root, { recursive: true, force: true });
});

async function putShell(html: string) {
  const base = join(root, 'server', 'app', '[slug]');
  const routeCache = { key: KEY, isFallback: true };
  await writeFile(`${base}.html`, html);
  await writeFile(`${base}.meta`, JSON.stringify({ status: 200, postponed: '4:nullnull', routeCache }));
}

function request() {
  const caller = { owner: {}, serverDistDir: join(root, 'server'), buildId: 'build' };
  handler.begin(caller.owner);
  return {
    get: () => handler.get(caller, KEY, CONTEXT),
    set: (value: Parameters<typeof handler.set>[2]) =>
      handler.set(caller, KEY, value, { cacheControl: { revalidate: 60, expire: 600 } }),
  };
}

const shell = { html: '', postponed: '4:nullnull' };

test('a shell with nothing in it is given whatever is known of the build, and is never stale', async () => {
  await putShell('');
  expect(await request().get()).toMatchObject({ value: shell, cacheControl: { revalidate: false } });
});

test('it is given when what was stored of it is invalidated, marked stale or too old', async () => {
  await putShell('');
  const stored = page('', 'a', { postponed: 'stored' });
  for (const age of [
    () => runtime.invalidations.record(['a']),
    () => runtime.invalidations.record(['a'], { expire: 300 }),
    async () => runtime.advance(61_000),
  ]) {
    const writer = request();
    await writer.get();
    await writer.set(stored);
    expect((await request().get())?.value).toMatchObject({ postponed: 'stored' });
    await age();
    expect(await request().get()).toMatchObject({ value: shell, cacheControl: { revalidate: false } });
  }
});

test('it is given when the build is vouched for, but is older than it may be', async () => {
  await putShell('');
  const hourAgo = Date.now() - 3_600_000;
  const dynamicRoutes = { '/[slug]': { fallbackRevalidate: 60 } };
  await writeFile(join(root, 'prerender-manifest.json'), JSON.stringify({ dynamicRoutes }));
  await writeFile(
    join(root, 'tbi-build.json'),
    JSON.stringify({ fingerprint: 'x', beganAtMs: Date.now() + 3_600_000, builtAtMs: hourAgo }),
  );
  Reflect.set(globalThis, FINGERPRINT_SLOT, 'x');
  expect(await request().get()).toMatchObject({ value: shell, cacheControl: { revalidate: false } });
});

test('it is not stored by a failing render', async () => {
  await putShell('');
  const failing = request();
  const entry = await failing.get();
  await failing.set(entry?.value ?? null);
  const { entry: found } = await runtime.engine.get('page', `build${KEY}`);
  expect(found).toBeNull();
});

test('a shell that shows something is left to be rendered', async () => {
  await putShell('<p>shown</p>');
  expect(await request().get()).toBeNull();
});
