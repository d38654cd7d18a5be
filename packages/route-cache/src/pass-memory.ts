import { LRUCache } from 'lru-cache';

/** Remembers which URLs gave something that cannot be shared, so that requests for them do not wait for each other. */
export interface PassMemory {
  has(key: string): boolean;
  add(key: string): void;
}

const MAX_KEYS = 10_000;
const PASS_MS = 10_000;

/** After ten seconds a URL gets another chance. */
export function createPassMemory(): PassMemory {
  const keys = new LRUCache<string, true>({ max: MAX_KEYS, ttl: PASS_MS });
  return {
    has: (key) => keys.has(key),
    add: (key) => void keys.set(key, true),
  };
}
