import type { Stamp } from '@tbi/cache';

/** Where this process stood when a computation may have begun, and when that was (wall clock, ms since 1970). */
export interface Beginning {
  readonly stamp: Stamp;
  readonly beganAtMs: number;
}

/**
 * Carries stamps from the reads of a request to the writes of what it computed.
 *
 * Next makes a handler object of its own for every request, and what a request stores goes through the object
 * that it read from. So the object stands for the request: two renders of one page that overlap, one begun before
 * an invalidation and one after it, never take each other's stamp. Nothing is kept on the object, and what is
 * kept beside it goes with it.
 */
export interface StampMemory {
  /** A request begins: whatever it computes, it has read nothing before this. */
  begin(owner: object, stamp: Stamp): void;
  /** A read of `key` ended; a computation may follow. */
  read(owner: object, key: string, stamp: Stamp): void;
  /**
   * For a value that is stored under `key` now: the oldest of the reads that no write has answered yet, otherwise
   * the stamp of the request's beginning (Next starts some background renders without a read), but as young as the
   * value that answered a read of the request: what is stored later is never older. Undefined: it cannot be stored.
   */
  take(owner: object, key: string): Beginning | undefined;
}

interface Reads {
  readonly oldest: Beginning;
  unanswered: number;
}

interface Request {
  readonly beginning: Beginning;
  readonly reads: Map<string, Reads>;
}

/** A request that reads more keys than this stores the rest with the stamp of its beginning. */
const MAX_KEYS = 10_000;

const now = (stamp: Stamp): Beginning => ({ stamp, beganAtMs: Date.now() });

export function createStampMemory(): StampMemory {
  const requests = new WeakMap<object, Request>();
  return {
    begin(owner, stamp) {
      requests.set(owner, { beginning: now(stamp), reads: new Map() });
    },
    read(owner, key, stamp) {
      const reads = requests.get(owner)?.reads;
      const known = reads?.get(key);
      if (known && known.unanswered > 0) known.unanswered += 1;
      else if (reads && (known || reads.size < MAX_KEYS))
        reads.set(key, { oldest: now(stamp), unanswered: 1 });
    },
    take(owner, key) {
      const request = requests.get(owner);
      const known = request?.reads.get(key);
      if (request === undefined || known === undefined) return request?.beginning;
      if (known.unanswered === 0) return { ...request.beginning, beganAtMs: known.oldest.beganAtMs };
      known.unanswered -= 1;
      return known.oldest;
    },
  };
}
