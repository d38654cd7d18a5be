import type { GetContext, HandlerValue, SetContext } from './next-types.ts';

/** The engine's keyspaces that this package uses. */
export type Kind = 'page' | 'fetch' | 'image';
export const USE_CACHE_KIND = 'use-cache';

export interface Address {
  readonly kind: Kind;
  readonly key: string;
}

/**
 * Pages belong to one build: their HTML names its scripts. Data and images outlive builds, so that the processes of
 * an old and a new release share them.
 */
export function addressOf(kind: Kind, key: string, buildId: string): Address {
  return { kind, key: kind === 'page' ? `${buildId}${key}` : key };
}

export function kindOfGet({ kind }: GetContext): Kind {
  if (kind === 'FETCH') return 'fetch';
  return kind === 'IMAGE' ? 'image' : 'page';
}

export function kindOfSet(value: HandlerValue, { fetchCache }: SetContext): Kind {
  if (fetchCache) return 'fetch';
  return value?.kind === 'IMAGE' ? 'image' : 'page';
}
