import type { Lifetime } from '@tbi/cache';
import type { Outcome } from './produce.ts';

/** A response with a validator of the handler's is kept this long after it is stale, to be confirmed by a 304. */
const KEEP_VALIDATED_MS = 3_600_000;

/** What the engine is told of an outcome. */
export function lifetimeOf(outcome: Outcome): Lifetime | null {
  if (outcome.kind === 'own') return null;
  const { ageS, freshS, staleWhileRevalidateS, staleIfErrorS, mustRevalidate, validated } = outcome;
  const overdueS = Math.max(0, ageS - freshS);
  return {
    ttlMs: Math.max(0, freshS - ageS) * 1000,
    staleWhileRevalidateMs: Math.max(0, staleWhileRevalidateS - overdueS) * 1000,
    staleIfErrorMs: Math.max(0, staleIfErrorS - overdueS) * 1000,
    keepPreviousMs: validated ? KEEP_VALIDATED_MS : 0,
    mustRevalidate,
  };
}
