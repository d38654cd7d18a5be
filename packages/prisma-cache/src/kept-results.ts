import { LRUCache } from 'lru-cache';
import { type Copier, copierOf } from './copy-result.ts';

/**
 * Results beside the entries that they were made from, while those are in memory: copying a result takes a fraction of
 * what making it from JSON takes. They decide nothing: the engine says which entry is right, by its payload.
 */
export interface KeptResults {
  /** The result of this payload, of the caller's own. It must depend on nothing else. */
  take(payload: object, make: () => unknown): unknown;
}

/** Counted as JSON; as objects it is several times as much. */
const MAX_BYTES = 8 * 1024 * 1024;

export function createKeptResults(maxBytes = MAX_BYTES): KeptResults {
  const kept = new LRUCache<object, Copier>({ maxSize: maxBytes });
  return {
    take(payload, make) {
      const known = kept.get(payload);
      if (known !== undefined) return known();
      const result = make();
      // The caller may change the result; nobody else has the first copy of it.
      const own = copierOf(result)?.();
      const copier = own === undefined ? null : copierOf(own);
      const size = 'length' in payload ? Number(payload.length) + 1 : 1;
      if (copier !== null) kept.set(payload, copier, { size });
      return result;
    },
  };
}
