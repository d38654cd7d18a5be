import { watch } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Cache } from '@tbi/cache';

/** What data are computed by in development: code that changes under them. */
export interface Development {
  /** An invalidation of this tag ends everything that older code has computed. Belongs to every read. */
  readonly tag: string;
  /** Keeps data apart from those of a production server on the same Redis. */
  scope(key: string): string;
  /** Watches a folder with compiled code. Once for each folder. */
  watch(folder: string): void;
  /** Resolves when all changes that were made until now have been heard of. */
  settled(): Promise<void>;
}

interface Log {
  info(message: string): void;
  warn(message: string): void;
}

const TAG = 'tbi:development';
/** Code may still run for a moment after what replaces it has been written. */
const AFTERMATH_MS = 500;

/**
 * `next dev` gives `fetch` and `unstable_cache` keys that do not tell of the code that computes a value, and before
 * 16.4 `'use cache'` hardly more. So a compilation is an invalidation: whatever Next writes into its folder of compiled
 * code ends all data of before, and so does the server's start, because code may have changed while nobody watched.
 */
export function createDevelopment(engine: Cache, log: Log): Development {
  const watched = new Set<string>();
  let blind = false;
  let aftermath: NodeJS.Timeout | undefined;

  const invalidate = () => void engine.invalidate([TAG]).catch(() => {});

  function onCompiled(_event: string, file: string | null) {
    if (file !== null && !isCode(file)) return;
    invalidate();
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

  return {
    tag: TAG,
    scope: (key) => `development:${key}`,
    watch(folder) {
      if (!isServer() || watched.has(folder)) return;
      watched.add(folder);
      try {
        watch(folder, { recursive: true, persistent: false }, onCompiled).on('error', onUnwatched);
      } catch {
        onUnwatched();
      }
    },
    async settled() {
      if (blind) invalidate();
      // A change that the system has reported is delivered within one turn of the event loop.
      else await turn();
    },
  };
}

/** Beside its server Next runs workers, which come and go for single routes while no code changes. */
const isServer = () => !process.argv[1]?.endsWith(join('jest-worker', 'processChild.js'));

/** Manifests are written for each new route, also when no code has changed. */
const isCode = (file: string) => file.endsWith('.js') && !file.endsWith('manifest.js');
