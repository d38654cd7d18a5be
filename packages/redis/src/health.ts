import type { BreakerState } from './breaker.ts';
import type { Failure } from './failure.ts';
import type { Health } from './types.ts';

export interface ConnectionState {
  /** For messages. */
  readonly purpose: string;
  /** Null while it is connected. */
  readonly failure: Failure | null;
  readonly breaker: BreakerState;
}

/** What several connections to one Redis amount to. Those that nothing has used yet do not count. */
export function judge(connections: readonly ConnectionState[]): Omit<Health, 'sinceMs' | 'breaker'> {
  const used = connections.filter(({ failure }) => failure?.cause !== 'not-opened');
  const down = used.filter(({ failure }) => failure !== null);
  const held = used.find(({ breaker }) => breaker !== 'closed');
  const [first] = down;
  if (used.length === 0) return { status: 'down', reason: 'Nothing has used Redis yet.' };
  if (first?.failure && down.length === used.length)
    return { status: 'down', reason: first.failure.sentence };
  if (first?.failure) {
    return {
      status: 'degraded',
      reason: `The ${first.purpose} connection is missing: ${first.failure.sentence}`,
    };
  }
  if (held)
    return { status: 'degraded', reason: 'Redis answers too slowly or not at all; calls are held back.' };
  return { status: 'ready', reason: 'Connected.' };
}
