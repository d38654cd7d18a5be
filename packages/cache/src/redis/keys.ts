export interface RedisKeys {
  /** Hash: epoch, head, floor and every tag's state, so that they can only vanish together. */
  readonly meta: string;
  /** Stream: the invalidation log. */
  readonly log: string;
  /** String `epoch|head`: what a read fetches beside its entry. */
  readonly head: string;
  /** Stream, capped: entries that were replaced while they may look fresh elsewhere. Losing it costs nothing but L1 freshness. */
  readonly notes: string;
  /** Never exists. Deleting it first lets a script write although Redis is out of memory. */
  readonly nothing: string;
  entry(id: string): string;
  lease(id: string): string;
}

/** The keys of the log share one hash tag, hence one slot of a Cluster; entries live anywhere. */
export function redisKeys(prefix: string): RedisKeys {
  const shared = (name: string) => `${prefix}{log}:${name}`;
  return {
    meta: shared('meta'),
    log: shared('log'),
    head: shared('head'),
    notes: shared('notes'),
    nothing: shared('nothing'),
    entry: (id) => `${prefix}e:${id}`,
    lease: (id) => `${prefix}c:${id}`,
  };
}

/** Fields of `meta` that hold a tag's state begin with this. */
export const TAG_FIELD = 't:';
/** Fields of `meta` that hold a write's mark begin with this. */
export const MARK_FIELD = 'w:';
