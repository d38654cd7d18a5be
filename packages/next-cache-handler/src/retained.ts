import type { Entry, SetOptions } from '@tbi/cache';
import type { Lifetimes } from './lifetimes.ts';

/**
 * How to store a value again whose renewal failed: for as long as Next says until the next attempt, with everything
 * that can end it as before. What never was fresh does not become so by failing.
 */
export function retainedOptions(
  entry: Entry,
  { freshForMs = 0, keepForMs = Number.POSITIVE_INFINITY }: Lifetimes,
  clock: { readonly nowMs: number; toLocalMs(redisMs: number): number },
): SetOptions {
  const remainingMs = Math.max(0, entry.createdMs + entry.keepForMs - clock.nowMs);
  return {
    stamp: entry.stamp,
    tags: entry.tags,
    beganAtMs: clock.toLocalMs(entry.beganMs),
    freshForMs: entry.freshForMs === 0 ? 0 : Math.min(freshForMs, remainingMs),
    keepForMs: Math.min(keepForMs, remainingMs),
  };
}
