import { cacheTag } from 'next/cache';

/**
 * Tags the `'use cache'` function that is running, if there is one, with what it has read. Next has no way to ask
 * whether one is: `cacheTag` throws outside of them, without doing anything.
 */
export function tagCurrentScope(tags: readonly string[]): void {
  try {
    cacheTag(...tags);
  } catch {
    // Read for a request that is not cached.
  }
}
