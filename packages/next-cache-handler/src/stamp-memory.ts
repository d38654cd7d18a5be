import type { Stamp } from '@tbi/cache';

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
   * The stamp for a value that is stored under `key` now: the oldest of the reads that no write has answered yet,
   * otherwise that of the request's beginning (Next starts some background renders without a read).
   * Undefined: it cannot be stored.
   */
  take(owner: object, key: string): Stamp | undefined;
}

interface Reads {
  readonly oldest: Stamp;
  unanswered: number;
}

interface Request {
  readonly first: Stamp;
  readonly reads: Map<string, Reads>;
}

/** A request that reads more keys than this stores the rest with the stamp of its beginning. */
const MAX_KEYS = 10_000;

export function createStampMemory(): StampMemory {
  const requests = new WeakMap<object, Request>();
  return {
    begin(owner, stamp) {
      requests.set(owner, { first: stamp, reads: new Map() });
    },
    read(owner, key, stamp) {
      const reads = requests.get(owner)?.reads;
      const known = reads?.get(key);
      if (known) known.unanswered += 1;
      else if (reads && reads.size < MAX_KEYS) reads.set(key, { oldest: stamp, unanswered: 1 });
    },
    take(owner, key) {
      const request = requests.get(owner);
      const known = request?.reads.get(key);
      if (request === undefined || known === undefined) return request?.first;
      known.unanswered -= 1;
      if (known.unanswered === 0) request.reads.delete(key);
      return known.oldest;
    },
  };
}
