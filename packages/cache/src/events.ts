import type { Position } from './position.ts';
import type { Reason, Tier } from './reasons.ts';

/** Everything the engine does, as one union: metrics, the debug log, headers, the dashboard and tests read it. */
export type CacheEvent =
  | {
      readonly type: 'lookup';
      readonly kind: string;
      readonly key: string;
      readonly tier: Tier;
      readonly reason: Reason;
      readonly durationMs: number;
    }
  | {
      readonly type: 'store';
      readonly kind: string;
      readonly key: string;
      readonly outcome: 'stored' | 'too-large' | 'present' | Reason;
      readonly bytes: number;
      readonly tags: readonly string[];
    }
  | {
      readonly type: 'compute';
      readonly kind: string;
      readonly key: string;
      readonly outcome: 'computed' | 'failed' | 'joined' | 'waited';
      readonly durationMs: number;
    }
  | {
      readonly type: 'invalidate';
      readonly tags: readonly string[];
      readonly mode: 'expire' | 'stale';
      readonly position: Position | null;
    }
  /** A record was read from the log and took effect here, `lagMs` after it was appended. Seldom one of our own. */
  | {
      readonly type: 'applied';
      readonly position: Position;
      readonly tags: readonly string[];
      readonly lagMs: number;
    }
  | { readonly type: 'epoch'; readonly epoch: string }
  /** The log had a gap, or this process joined: the tag states were read anew. */
  | { readonly type: 'reload'; readonly tagStates: number; readonly durationMs: number }
  | { readonly type: 'error'; readonly operation: string; readonly code: string };

export type CacheEventListener = (event: CacheEvent) => void;

export interface CacheEventSource {
  /** Returns the unsubscriber. A listener that throws is ignored. */
  subscribe(listener: CacheEventListener): () => void;
}

export function createEventSource(): CacheEventSource & { emit(event: CacheEvent): void } {
  const listeners = new Set<CacheEventListener>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          // An observer's fault must not become a failed read.
        }
      }
    },
  };
}
