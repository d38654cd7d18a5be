import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { createCache, kindTag, memoryBackend, tagOfPattern } from '@tbi/cache';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildIdOf } from '../src/build-id.ts';
import { createIncrementalHandler } from '../src/incremental-handler.ts';
import { createInvalidations } from '../src/invalidations.ts';
import { FINGERPRINT_SLOT, readBuildData } from '../src/seeds/build-data.ts';
import { readPrerenders } from '../src/seeds/prerenders.ts';
import { readSeedFile, seedPathOf } from '../src/seeds/seed-file.ts';
import { createSeeds } from '../src/seeds/seeds.ts';
import { createTestRuntime } from './helpers/runtime.ts';

const HOUR_MS = 3_600_000;
const keyOf = (path: string, kind = 'APP_PAGE') => `/route-cache/${kind}/${'a'.repeat(64)}/$${path}`;

let root: string;
let dist: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seeds-'));
  dist = join(root, 'server');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, FINGERPRINT_SLOT);
  await rm(root, { recursive: true, force: true });
});

async function put(path: string, content: string | object) {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

async function putPage(path: string, meta: object = {}) {
  const base = `server/app${path}`;
  await put(`${base}.html`, `<p>${path}</p>`);
  await put(`${base}.rsc`, 'rsc');
  await put(`${base}.segments/_tree.segment.rsc`, 'tree');
  const headers = { 'x-next-cache-tags': 'a,b' };
  const routeCache = { key: keyOf(path), isFallback: false };
  await put(`${base}.meta`, { status: 200, headers, segmentPaths: ['/_tree'], routeCache, ...meta });
}

describe('the build’s files', () => {
  const page = { kind: 'APP_PAGE', isFallback: false } as const;

  test('a page comes with its headers, navigation data and segments', async () => {
    await putPage('/about');
    expect((await readSeedFile(dist, keyOf('/about'), page))?.value).toEqual({
      kind: 'APP_PAGE',
      html: '<p>/about</p>',
      rscData: Buffer.from('rsc'),
      segmentData: new Map([['/_tree', Buffer.from('tree')]]),
      headers: { 'x-next-cache-tags': 'a,b' },
      status: 200,
    });
  });

  test('a route handler’s response comes as bytes', async () => {
    const key = keyOf('/feed', 'APP_ROUTE');
    await put('server/app/feed.body', 'bytes');
    await put('server/app/feed.meta', {
      status: 201,
      headers: { a: 'b' },
      routeCache: { key, isFallback: false },
    });
    const seed = await readSeedFile(dist, key, { kind: 'APP_ROUTE', isFallback: false });
    expect(seed?.value).toEqual({
      kind: 'APP_ROUTE',
      body: Buffer.from('bytes'),
      status: 201,
      headers: { a: 'b' },
    });
  });

  test('a page of the pages router comes with its data', async () => {
    const key = keyOf('/old', 'PAGES');
    await put('server/pages/old.html', 'html');
    await put('server/pages/old.json', { pageProps: { n: 1 } });
    await put('server/pages/old.meta', { routeCache: { key, isFallback: false } });
    const seed = await readSeedFile(dist, key, { kind: 'PAGES', isFallback: false });
    expect(seed?.value).toMatchObject({ kind: 'PAGES', html: 'html', pageData: { pageProps: { n: 1 } } });
  });

  test('nothing comes for another key, a missing file, or a path outside', async () => {
    await putPage('/about', { routeCache: { key: keyOf('/other'), isFallback: false } });
    await put('secret.meta', { routeCache: { key: keyOf('/../../secret'), isFallback: false } });
    await put('secret.html', 'secret');
    for (const path of ['/about', '/missing', '/../../secret']) {
      expect(await readSeedFile(dist, keyOf(path), page)).toBeNull();
    }
  });

  test('a fallback shell keeps the data that its tags name, not those of some page', async () => {
    const shell = { kind: 'APP_PAGE', isFallback: true, isRoutePPREnabled: true } as const;
    const routeCache = { key: keyOf('/[slug]'), isFallback: true };
    const of = (...tags: string[]) => ({ entry: { value: 'eA==', tags } });
    const pack = (cache: object) =>
      `7:["é",1]${deflateSync(JSON.stringify({ store: { fetch: {}, cache, encryptedBoundArgs: {} } })).toString('base64')}`;
    const read = async (postponed: string) => {
      await putPage('/[slug]', { postponed, routeCache });
      return (await readSeedFile(dist, keyOf('/[slug]'), shell))?.value;
    };
    const all = pack({ own: of('a'), both: of('a', 'b'), others: of('a', 'c'), untagged: of() });
    const kept = pack({ own: of('a'), both: of('a', 'b') });
    expect(await read(all)).toMatchObject({ postponed: kept, rscData: undefined });
    expect(await read(pack({ others: of('c') }))).toMatchObject({ postponed: '7:["é",1]null' });
    expect(await read('7:["é",1]null')).toMatchObject({ postponed: '7:["é",1]null' });
    expect(await read('7:["é",1]of another form')).toBeUndefined();
    expect(await readSeedFile(dist, keyOf('/[slug]'), page)).toBeNull();
    expect(await read('of another form')).toBeUndefined();
  });

  test('keys of other forms name no file', () => {
    expect(seedPathOf(keyOf('/a/b'))).toBe('/a/b');
    expect(seedPathOf('f'.repeat(64))).toBeUndefined();
    expect(seedPathOf('/about')).toBeUndefined();
  });

  test('lifetimes come from the manifest', async () => {
    const routes = {
      '/a': { initialRevalidateSeconds: 60, initialExpireSeconds: 600 },
      '/b': { initialRevalidateSeconds: false },
    };
    await put('prerender-manifest.json', {
      routes,
      dynamicRoutes: { '/[c]': { fallbackRevalidate: 5 }, '/[d]': {} },
    });
    expect([...(await readPrerenders(dist))]).toEqual([
      ['/a', { revalidate: 60, expire: 600 }],
      ['/b', { revalidate: false }],
      ['/[c]', { revalidate: 5 }],
      ['/[d]', { revalidate: false }],
    ]);
    expect(await readPrerenders(join(root, 'none', 'server'))).toEqual(new Map());
  });

  test('the deployment’s id comes before the build’s', async () => {
    await put('BUILD_ID', 'built\n');
    expect(buildIdOf(dist, undefined)).toBe('built');
    expect(buildIdOf(dist, 'deployed')).toBe('deployed');
    expect(buildIdOf(join(root, 'none', 'server'), '')).toBe('development');
  });

  test('the deployment’s id is the build’s where the server keeps none of its own', async () => {
    // `experimental.useSkewCookie`: the build id is the same for every release.
    for (const release of ['one', 'two']) {
      await put(`${release}/BUILD_ID`, 'build-TfctsWXpff2fKS');
      await put(`${release}/routes-manifest.json`, { version: 3, deploymentId: release });
      expect(buildIdOf(join(root, release, 'server'), '')).toBe(release);
    }
    await put('three/routes-manifest.json', { version: 3 });
    await put('three/BUILD_ID', 'built');
    expect(buildIdOf(join(root, 'three', 'server'), '')).toBe('built');
  });

  test('a process that cannot read its build’s id keeps its pages to itself, until it can', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    const own = buildIdOf(dist, undefined);
    expect(own).toMatch(/^process-/);
    expect(buildIdOf(dist, undefined)).toBe(own);
    await put('BUILD_ID', 'late');
    expect(buildIdOf(dist, undefined)).toBe('late');
  });
});

const runs = (fingerprint: unknown) => Object.assign(globalThis, { [FINGERPRINT_SLOT]: fingerprint });

describe('what the build read', () => {
  const file = { fingerprint: 'x', beganAtMs: 1, builtAtMs: 2 };

  test.each([
    ['same', file, 'x'],
    ['same', file, () => Promise.resolve('x')],
    ['other', file, 'y'],
    ['other', file, () => Promise.reject(new Error('no database'))],
    ['other', file, () => new Promise(() => {})],
    ['other', file, undefined],
    ['other', undefined, 'x'],
    ['other', 'broken', 'x'],
    ['other', { fingerprint: 'x' }, 'x'],
    ['unknown', undefined, undefined],
  ])('is %s as what is served, for file %j and site %j', async (data, written, running) => {
    if (written !== undefined) await put('tbi-build.json', written);
    if (running !== undefined) runs(typeof running === 'function' ? running() : running);
    expect(await readBuildData(dist)).toMatchObject({ data });
  });
});

describe('seeds', () => {
  const address = { kind: 'page', key: 'build/about' } as const;
  const context = { kind: 'APP_PAGE', isFallback: false } as const;

  async function setUp({ builtAfterMs = 0, engine = createTestRuntime().engine } = {}) {
    await putPage('/about');
    await put('prerender-manifest.json', {
      routes: { '/about': { initialRevalidateSeconds: 60, initialExpireSeconds: 600 } },
    });
    const now = Date.now();
    await put('tbi-build.json', { fingerprint: 'x', beganAtMs: now + builtAfterMs, builtAtMs: now });
    runs('x');
    const invalidations = createInvalidations(engine);
    const seeds = createSeeds(engine);
    seeds.follow(engine.stamp().epoch);
    const request = {
      address,
      key: keyOf('/about'),
      context,
      serverDistDir: dist,
      softTags: ['path:/about'],
    };
    const offer = () => seeds.offer({ ...request, stamp: engine.stamp() });
    const look = () => engine.get(address.kind, address.key);
    /** As after a Redis that was restored: what was invalidated before is forgotten. */
    const offerInNewEpoch = () => {
      const stamp = { ...engine.stamp(), epoch: '0'.repeat(32) };
      return seeds.offer({ ...request, stamp });
    };
    return { invalidations, offer, offerInNewEpoch, look };
  }

  test('are fresh when the log is older than the build', async () => {
    const { offer, look } = await setUp({ builtAfterMs: HOUR_MS });
    expect(await offer()).toEqual({ outcome: 'stored' });
    expect(await look()).toMatchObject({ reason: 'fresh' });
  });

  test('are stale when it is not', async () => {
    const { offer, look } = await setUp();
    expect(await offer()).toEqual({ outcome: 'stored' });
    expect(await look()).toMatchObject({ reason: 'stale-ttl', stale: true });
  });

  test('are none when one of their tags was invalidated since, or other data are served', async () => {
    const { invalidations, offer, look } = await setUp();
    await invalidations.record('b');
    expect(await offer()).toEqual({ outcome: 'none' });
    expect(await look()).toMatchObject({ entry: null });
    runs('y');
    const other = await setUp();
    runs('y');
    expect(await other.offer()).toEqual({ outcome: 'none' });
  });

  test('are served stale once where the log has forgotten, unless what it remembers ends them', async () => {
    for (const [ending, outcome] of [
      ['other', 'stale-once'],
      ['b', 'none'],
      ['path:/about', 'none'],
      [kindTag('page'), 'none'],
    ] as const) {
      const engine = createCache({ backend: memoryBackend({ maxTagStates: 4 }) });
      const { invalidations, offer } = await setUp({ engine });
      for (let i = 0; i < 5; i += 1) await invalidations.record(`forgotten-${i}`);
      await invalidations.record(ending);
      expect(await offer(), ending).toMatchObject({ outcome });
    }
  });

  test('are not given to a read whose path was invalidated', async () => {
    await setUp();
    const runtime = createTestRuntime();
    const handler = createIncrementalHandler(runtime);
    const read = () => {
      const caller = { owner: {}, serverDistDir: dist, buildId: 'build' };
      handler.begin(caller.owner);
      return handler.get(caller, keyOf('/about'), context);
    };
    runtime.engine.stamp();
    await runtime.invalidations.record(tagOfPattern('/about/*'));
    expect(await read()).toBeNull();
    expect(await read()).toBeNull();
  });

  test('never replace what is stored', async () => {
    const { offer, look } = await setUp();
    await offer();
    const { entry } = await look();
    await offer();
    expect((await look()).entry).toBe(entry);
  });

  test('are none once this process has seen the log begin anew', async () => {
    const { offerInNewEpoch } = await setUp({ builtAfterMs: HOUR_MS });
    expect(await offerInNewEpoch()).toEqual({ outcome: 'none' });
  });
});
