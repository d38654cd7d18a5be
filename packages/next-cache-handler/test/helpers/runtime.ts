import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { createInvalidations } from '../../src/invalidations.ts';
import type { Runtime } from '../../src/runtime.ts';

export interface TestRuntime extends Runtime {
  /** Moves the engine's clock. */
  advance(ms: number): void;
}

/** The real engine in memory, with a clock of the test's own that begins now. */
export function createTestRuntime(): TestRuntime {
  let aheadMs = 0;
  const backend = memoryBackend({ nowMs: () => Date.now() + aheadMs });
  const engine: Cache = createCache({ backend });
  return {
    engine,
    invalidations: createInvalidations(engine),
    redis: null,
    joining: () => null,
    watchCode: () => {},
    close: engine.close,
    advance(ms) {
      aheadMs += ms;
    },
  };
}
