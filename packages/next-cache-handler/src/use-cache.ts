import type { Durations, UseCacheEntry } from './next-types.ts';
import { quietly, report } from './report.ts';
import { getRuntime } from './runtime.ts';
import { createUseCacheHandler } from './use-cache-handler.ts';

export type { Durations, UseCacheEntry };

type Handler = ReturnType<typeof createUseCacheHandler>;
let shared: Handler | undefined;

function getHandler(): Handler {
  shared ??= createUseCacheHandler(getRuntime());
  return shared;
}

/** One of Next's `cacheHandlers`, for any kind: `default`, `remote` or the app's own. */
const useCacheHandler = {
  async get(key: string, softTags: readonly string[]): Promise<UseCacheEntry | undefined> {
    try {
      return await getHandler().get(key, softTags);
    } catch (error) {
      // Next would answer 500.
      report('use-cache get', error);
      return undefined;
    }
  },

  async set(key: string, pendingEntry: Promise<UseCacheEntry>): Promise<void> {
    await getHandler().set(key, pendingEntry);
  },

  /** Once per request: this process follows the log all the time, so there is nothing to fetch. */
  async refreshTags(): Promise<void> {
    quietly('refreshTags', () => getHandler().begin());
  },

  /** "The soft tags are checked by `get`": any time, `0` above all, would overrule what `get` knows. */
  async getExpiration(): Promise<number> {
    return Number.POSITIVE_INFINITY;
  },

  async updateTags(tags: readonly string[], durations?: Durations): Promise<void> {
    await getRuntime().invalidations.record(tags, durations);
  },

  /** Next 15 calls `updateTags` so, without durations. */
  async expireTags(...tags: readonly string[]): Promise<void> {
    await getRuntime().invalidations.record(tags);
  },
};

export default useCacheHandler;
