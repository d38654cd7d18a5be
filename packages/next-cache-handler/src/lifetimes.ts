import type { CacheControl, HandlerValue } from './next-types.ts';

export interface Lifetimes {
  /** Undefined: the engine's default. */
  readonly freshForMs?: number;
  readonly keepForMs?: number;
}

const toMs = (seconds: number | false | undefined) =>
  typeof seconds === 'number' ? seconds * 1000 : Number.POSITIVE_INFINITY;

/**
 * Without `expire`, Next serves a stale response for as long as it is stored. Where it is shorter than `revalidate`
 * (a small `expireTime` in the configuration), Next goes by `expire`.
 */
export function responseLifetimes(cacheControl: CacheControl | undefined): Lifetimes {
  if (cacheControl === undefined) return {};
  const keepForMs = toMs(cacheControl.expire);
  return { freshForMs: Math.min(toMs(cacheControl.revalidate), keepForMs), keepForMs };
}

/** Stale data is served while it is fetched anew, however old: each reader brings its own `revalidate`. */
export function fetchLifetimes(value: HandlerValue): Lifetimes {
  if (value?.kind !== 'FETCH') return {};
  return { freshForMs: toMs(value.revalidate), keepForMs: Number.POSITIVE_INFINITY };
}
