import { LRUCache } from 'lru-cache';
import { copyResult, NOT_COPIED } from './copy-result.ts';

/**
 * Results beside the entries that they were made from, while those are in memory: copying a result takes a fraction of
 * what making it from JSON takes. They decide nothing: the engine says which entry is right, by its payload.
 */
export interface KeptResults {
  /** The result of this payload, of the caller's own. */
  take(payload: object, make: () => unknown): unknown;
}

/** Counted as JSON; as objects it is several times as much. */
const MAX_BYTES = 8 * 1024 * 1024;

export function createKeptResults(maxBytes = MAX_BYTES): KeptResults {
  const kept = new LRUCache<object, { readonly result: unknown }>({ maxSize: maxBytes });
  return {
    take(payload, make) {
      const found = kept.get(payload);
      const copy = found === undefined ? NOT_COPIED : copyResult(found.result);
      if (copy !== NOT_COPIED) return copy;
      const result = make();
      const own = copyResult(result);
      const size = 'length' in payload ? Number(payload.length) + 1 : 1;
      if (own !== NOT_COPIED) kept.set(payload, { result: own }, { size });
      return result;
    },
  };
}
