import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIncrementalHandler } from '../src/incremental-handler.ts';
import type { GetContext, HandlerValue, SetContext } from '../src/next-types.ts';
import { createNotFound } from '../src/seeds/not-found.ts';
import { fixtureDir } from './helpers/fixture.ts';
import { createTestRuntime } from './helpers/runtime.ts';

const dataRoute = '/_next/data/x/promo.json';
const manifest = {
  routes: {
    '/promo': { initialRevalidateSeconds: false, srcRoute: null, dataRoute },
    '/posts/old': { initialRevalidateSeconds: 60, srcRoute: '/posts/[slug]', dataRoute },
    '/de/promo': { initialRevalidateSeconds: false, srcRoute: null, dataRoute },
    '/about': { initialRevalidateSeconds: false, srcRoute: null, dataRoute },
  },
  dynamicRoutes: {},
  notFoundRoutes: ['/promo', '/posts/old', '/de/promo', '/', '/index/x'],
  preview: { previewModeId: 'id' },
};

let root: string;
let dist: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'not-found-'));
  dist = join(root, 'server');
  await writeFile(join(root, 'prerender-manifest.json'), JSON.stringify(manifest));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('the build’s 404s are known by the keys of the pages that they belong to', async () => {
  const { getRouteCacheKey } = createRequire(import.meta.url)('next/dist/server/lib/route-cache-key.js');
  const keyOf = (path: string, sourceRoute: string, kind = 'PAGES'): string =>
    getRouteCacheKey(path, { kind, sourceRoute });
  const isNotFound = createNotFound();
  expect(await isNotFound(dist, keyOf('/promo', '/promo'))).toBe(true);
  expect(await isNotFound(dist, keyOf('/de/promo', '/promo'))).toBe(true);
  expect(await isNotFound(dist, keyOf('/posts/old', '/posts/[slug]'))).toBe(true);
  expect(await isNotFound(dist, keyOf('/', '/'))).toBe(true);
  expect(await isNotFound(dist, keyOf('/index/x', '/index/x'))).toBe(true);
  expect(await isNotFound(dist, keyOf('/about', '/about'))).toBe(false);
  expect(await isNotFound(dist, keyOf('/promo', '/[slug]'))).toBe(false);
  expect(await isNotFound(dist, keyOf('/promo', '/promo', 'APP_PAGE'))).toBe(false);
  expect(await isNotFound('/nowhere/server', keyOf('/promo', '/promo'))).toBe(false);
});

interface Visited {
  readonly value: { readonly kind: string } | null;
}

/** Next's own code around the handler. */
function createSite(requireFromNext: NodeJS.Require) {
  // Its modules look for it there.
  Object.assign(globalThis, { AsyncLocalStorage });
  const { IncrementalCache } = requireFromNext('next/dist/server/lib/incremental-cache/index.js');
  const ResponseCache = requireFromNext('next/dist/server/response-cache/index.js').default;
  const RenderResult = requireFromNext('next/dist/server/render-result.js').default;
  const { SharedCacheControls } = requireFromNext(
    'next/dist/server/lib/incremental-cache/shared-cache-controls.external.js',
  );
  SharedCacheControls.cacheControls.clear();

  let handler = createIncrementalHandler(createTestRuntime());
  const pending = new Set<Promise<void>>();

  class Handler {
    constructor() {
      handler.begin(this);
    }
    get = (key: string, context: GetContext) => handler.get(this.#caller(), key, context);
    set(key: string, value: HandlerValue, context: SetContext) {
      const setting = handler.set(this.#caller(), key, value, context).finally(() => pending.delete(setting));
      pending.add(setting);
      return setting;
    }
    #caller = () => ({ owner: this, serverDistDir: dist, buildId: 'build' });
  }

  const responses = new ResponseCache({
    minimalMode: false,
    route: { kind: 'PAGES', sourceRoute: '/promo' },
  });
  const html = () => RenderResult.fromStatic('<p>live</p>', 'text/html');
  const page = () => ({
    value: { kind: 'PAGES', html: html(), pageData: {}, headers: {}, status: 200 },
    cacheControl: { revalidate: false },
  });

  async function visit({ isOnDemandRevalidate = false, render = page as () => object } = {}) {
    const incrementalCache = new IncrementalCache({
      dev: false,
      flushToDisk: false,
      minimalMode: false,
      serverDistDir: dist,
      requestHeaders: {},
      previewProps: manifest.preview,
      prerenderManifest: manifest,
      getPrerenderManifest: () => manifest,
      CurCacheHandler: Handler,
    });
    const context = { incrementalCache, isOnDemandRevalidate, isFallback: false, isRoutePPREnabled: false };
    const entry: Visited | null = await responses.get('/promo', async () => render(), context);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(pending);
    return entry?.value?.kind ?? 404;
  }

  return {
    visit,
    publish: () => visit({ isOnDemandRevalidate: true }),
    /** Everything that was stored is gone. */
    flush() {
      handler = createIncrementalHandler(createTestRuntime());
    },
  };
}

describe.each([
  ['16.4', createRequire(import.meta.url), { first: 'PAGES' }],
  ['15.5', createRequire(join(fixtureDir('app-15'), 'package.json')), { first: 404 }],
] as const)('a page that the build found nothing for, on Next %s', (_version, requireFromNext, { first }) => {
  test('is there once it is published', async () => {
    const { visit, publish } = createSite(requireFromNext);
    expect(await publish()).toBe('PAGES');
    expect(await visit()).toBe('PAGES');
  });

  test('comes back when what was stored is gone', async () => {
    const { visit, publish, flush } = createSite(requireFromNext);
    await publish();
    flush();
    expect(await visit()).toBe(first);
    expect(await visit()).toBe('PAGES');
  });

  test('is not the build’s 404 for longer because it cannot be rendered', async () => {
    const { visit } = createSite(requireFromNext);
    const failing = visit({
      render: () => {
        throw new Error('the database is away');
      },
    });
    if (first === 404) expect(await failing).toBe(404);
    else await expect(failing).rejects.toThrow('the database is away');
    expect(await visit()).toBe(first);
    expect(await visit()).toBe('PAGES');
  });

  test('stays a 404 while there is nothing', async () => {
    const { visit } = createSite(requireFromNext);
    let renders = 0;
    const render = () => {
      renders += 1;
      return { value: null, cacheControl: { revalidate: false } };
    };
    for (let i = 0; i < 3; i += 1) expect(await visit({ render })).toBe(404);
    expect(renders).toBe(1);
  });
});
