import { watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Cache } from '@tbi/cache';

/** The engine in development, where code changes under what it has computed. */
export interface Development {
  /** Keeps data apart from those of production, and finds none that older code has computed. */
  readonly engine: Cache;
  /** Watches a folder with compiled code. Once for each folder. */
  watch(folder: string): void;
}

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

/** Belongs to every read: invalidating it ends everything. */
const TAG = 'tbi:development';
/** Code may still run for a while after what replaces it has been written; nobody is told when it has gone. */
const AFTERMATH_MS = 3_000;

/**
 * `next dev` gives `fetch` and `unstable_cache` keys that do not tell of the code that computes a value, and before
 * 16.4 `'use cache'` hardly more. So a compilation is an invalidation: whatever Next writes into its folder of compiled
 * code ends all data of before, and nothing is kept for three seconds. So does the server's start, because code may have
 * changed while nobody watched.
 */
export function createDevelopment(engine: Cache, log: Log): Development {
  const watched = new Set<string>();
  let blind = false;
  let compiledMs = Number.NEGATIVE_INFINITY;
  let aftermath: NodeJS.Timeout | undefined;

  const invalidate = () => void engine.invalidate([TAG]).catch(() => {});

  function onCompiled(_event: string, file: string | null) {
    if (file !== null && !isCode(file)) return;
    invalidate();
    compiledMs = performance.now();
    clearTimeout(aftermath);
    aftermath = setTimeout(invalidate, AFTERMATH_MS).unref();
  }

  function onUnwatched() {
    if (!blind) log.warn('Compiled code cannot be watched, so nothing stays cached in development.');
    blind = true;
  }

  if (isServer()) {
    log.info(
      'Development: cached data end when code is compiled. To end them now, restart, or reload with the cache disabled.',
    );
    invalidate();
  }

  /** Resolves when all changes that were made until now have been heard of. */
  async function settled() {
    // What the system has reported is delivered within one turn of the event loop.
    await turn();
    if (blind || performance.now() - compiledMs < AFTERMATH_MS) invalidate();
  }

  return {
    engine: {
      ...engine,
      async get(kind, key, options) {
        await settled();
        return engine.get(kind, scoped(key), withTag(options));
      },
      async getOrSet(kind, key, compute, options) {
        await settled();
        return engine.getOrSet(kind, scoped(key), compute, withTag(options));
      },
      set: (kind, key, payload, options) => engine.set(kind, scoped(key), payload, options),
      claim: (kind, key, ttlMs) => engine.claim(kind, scoped(key), ttlMs),
    },
    watch(folder) {
      if (!isServer() || watched.has(folder)) return;
      watched.add(folder);
      try {
        watch(folder, { recursive: true, persistent: false }, onCompiled).on('error', onUnwatched);
      } catch {
        onUnwatched();
      }
    },
  };
}

const scoped = (key: string) => `development:${key}`;

function withTag<O extends { readonly softTags?: readonly string[] }>(options?: O) {
  return { ...options, softTags: [...(options?.softTags ?? []), TAG] } as O & { readonly softTags: string[] };
}

/** Beside its server Next runs workers, which come and go for single routes while no code changes. */
const isServer = () => !process.argv[1]?.endsWith(join('jest-worker', 'processChild.js'));

/** Manifests are written for each new route, also when no code has changed. */
const isCode = (file: string) => file.endsWith('.js') && !file.endsWith('manifest.js');
