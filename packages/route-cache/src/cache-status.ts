import type { Reason, Resolved } from '@tbi/cache';

/** Why a request went to the handler (RFC 9211 §2.2). */
export type Forward = 'bypass' | 'method' | 'uri-miss' | 'vary-miss' | 'miss' | 'stale' | 'request';

/** How an answer came about. */
export interface Status {
  readonly outcome: 'HIT' | 'MISS' | 'STALE' | 'BYPASS';
  readonly forward?: Forward;
  /** The status of the handler's response where it is not that of the answer, as after a 304. */
  readonly forwardStatus?: number;
  /** Seconds for which the stored response stays fresh; negative when it is stale. */
  readonly ttlS?: number;
  readonly stored?: boolean;
  /** The answer to somebody else's request at the same time. */
  readonly collapsed?: boolean;
  /** A word that says more: letters, digits and `-`. */
  readonly detail?: string;
}

/** `Cache-Status` (RFC 9211): one member, after those of caches nearer to the origin. */
export function formatStatus(name: string, status: Status): string {
  const { outcome, forward, forwardStatus, ttlS, stored, collapsed, detail } = status;
  const params = [
    outcome === 'HIT' || outcome === 'STALE' ? 'hit' : `fwd=${forward ?? 'miss'}`,
    ...(forwardStatus === undefined ? [] : [`fwd-status=${forwardStatus}`]),
    ...(ttlS === undefined ? [] : [`ttl=${ttlS}`]),
    ...(stored ? ['stored'] : []),
    ...(collapsed ? ['collapsed'] : []),
    ...(detail === undefined ? [] : [`detail=${detail}`]),
  ];
  return [name, ...params].join('; ');
}

export function writeStatus(headers: Headers, name: string, status: Status): void {
  headers.append('cache-status', formatStatus(name, status));
  headers.set('x-cache', status.outcome);
}

const STALE: ReadonlySet<Reason> = new Set([
  'stale-ttl',
  'stale-tag',
  'expired-ttl',
  'expired-tag',
  'being-written',
]);
const STORE_ERRORS: ReadonlySet<Reason> = new Set(['breaker-open', 'deadline', 'unsynced']);

/** What a lookup that found nothing to use is called. */
export function forwardOf(reason: Reason, variant: boolean): Forward {
  if (STORE_ERRORS.has(reason)) return 'bypass';
  if (reason === 'absent') return variant ? 'vary-miss' : 'uri-miss';
  return STALE.has(reason) ? 'stale' : 'miss';
}

interface Doing {
  /** Whether the handler was to run for this request. */
  readonly ran: boolean;
  readonly handlerStatus?: number;
}

/** What is said of a lookup and what came of it. */
export function explain(
  { tier, reason, stale, entry }: Resolved<unknown>,
  { ran, handlerStatus }: Doing,
  { variant, nowMs }: { readonly variant: boolean; readonly nowMs: number },
): Status {
  if (tier !== 'origin') {
    const ttlS = entry === null ? undefined : Math.floor((entry.createdMs + entry.freshForMs - nowMs) / 1000);
    return { outcome: stale ? 'STALE' : 'HIT', ...(ttlS !== undefined && { ttlS }) };
  }
  const unasked = STORE_ERRORS.has(reason);
  return {
    outcome: unasked ? 'BYPASS' : 'MISS',
    forward: forwardOf(reason, variant),
    stored: ran && entry !== null,
    collapsed: !ran,
    ...(handlerStatus !== undefined && { forwardStatus: handlerStatus }),
    ...(unasked && { detail: 'store-error' }),
  };
}
