import { buildIdOf } from './build-id.ts';
import { createIncrementalHandler } from './incremental-handler.ts';
import type { Durations, GetContext, HandlerEntry, HandlerValue, SetContext } from './next-types.ts';
import { rememberIn } from './older-next.ts';
import { quietly, report } from './report.ts';
import { getRuntime } from './runtime.ts';

export type { Durations, GetContext, HandlerEntry, HandlerValue, SetContext };

type Handler = ReturnType<typeof createIncrementalHandler>;
let shared: Handler | undefined;

function getHandler(): Handler {
  shared ??= createIncrementalHandler(getRuntime());
  return shared;
}

/**
 * Next's `cacheHandler`. Next makes several of these for every request, so that one is nothing but the name of a
 * request: everything that lasts is shared by the process.
 */
export default class IncrementalCacheHandler {
  readonly #serverDistDir: string;

  constructor(context: { readonly serverDistDir?: string | undefined }) {
    this.#serverDistDir = context.serverDistDir ?? '';
    quietly('begin', () => {
      getRuntime().watchCode(this.#serverDistDir);
      getHandler().begin(this);
    });
  }

  async get(key: string, context: GetContext): Promise<HandlerEntry | null> {
    try {
      const entry = await getHandler().get(this.#caller(), key, context);
      if (entry?.cacheControl !== undefined) rememberIn(this.#serverDistDir)(key, entry.cacheControl);
      return entry;
    } catch (error) {
      // Next would answer 500.
      report('get', error);
      return null;
    }
  }

  async set(key: string, value: HandlerValue, context: SetContext): Promise<void> {
    try {
      await getHandler().set(this.#caller(), key, value, context);
    } catch (error) {
      report('set', error);
    }
  }

  async revalidateTag(tags: string | readonly string[], durations?: Durations): Promise<void> {
    await getRuntime().invalidations.record(tags, durations);
  }

  resetRequestCache(): void {}

  #caller() {
    const buildId = buildIdOf(this.#serverDistDir, process.env.NEXT_DEPLOYMENT_ID);
    return { owner: this, serverDistDir: this.#serverDistDir, buildId };
  }
}
