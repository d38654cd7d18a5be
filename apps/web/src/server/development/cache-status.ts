import type { TracedLookup } from './trace-requests.ts';

/** Headers have limits everywhere on their way. */
const MAX_MEMBERS = 12;

/**
 * One member of `Cache-Status` (RFC 9211) for each kind, tier and reason that a request met, with their number:
 * `tbi-page; hit; detail="l1 fresh"`, `tbi-fetch; fwd=miss; detail="absent, 3 times"`.
 */
export function cacheStatusOf(lookups: readonly TracedLookup[]): string[] {
  const counts = new Map<string, { lookup: TracedLookup; times: number }>();
  for (const lookup of lookups) {
    const name = `${lookup.kind} ${lookup.tier} ${lookup.reason}`;
    const known = counts.get(name);
    counts.set(name, { lookup, times: (known?.times ?? 0) + 1 });
  }
  return [...counts.values()].slice(0, MAX_MEMBERS).map(({ lookup: { kind, tier, reason }, times }) => {
    const outcome = tier === 'origin' ? `fwd=${forwardOf(reason)}` : 'hit';
    const repeated = times === 1 ? '' : `, ${times} times`;
    return `tbi-${kind}; ${outcome}; detail="${tier} ${reason}${repeated}"`;
  });
}

/** Why a request went on to the origin, in the words of RFC 9211 §2.2. */
function forwardOf(reason: string): string {
  if (reason === 'absent') return 'uri-miss';
  if (['bypass', 'breaker-open', 'deadline', 'unsynced'].includes(reason)) return 'bypass';
  return /^(stale|expired|being)/.test(reason) ? 'stale' : 'miss';
}
