/** Where an answer came from. `origin`: computed, or a miss that the caller must compute. */
export type Tier = 'l1' | 'l2' | 'origin';

/** Why a lookup ended as it did: a closed list, so that it can label metrics. */
export const REASONS = [
  /** Usable and fresh. */
  'fresh',
  /** Usable, its fresh time is over. */
  'stale-ttl',
  /** Usable once more, one of its tags was marked stale. */
  'stale-tag',
  /** Nothing stored. */
  'absent',
  /** Past its keep time. */
  'expired-ttl',
  /** One of its tags was invalidated after it was computed. */
  'expired-tag',
  /** One of its tags is being written to the database. */
  'being-written',
  /** Computed under another epoch: Redis was restarted, restored, flushed or replaced since. */
  'epoch',
  /** Older than the oldest invalidation that is still remembered. */
  'below-floor',
  /** Not a frame that this version reads. */
  'undecodable',
  /** Redis failed recently and is left alone for a moment. */
  'breaker-open',
  /** Redis did not answer in time, or failed. */
  'deadline',
  /** This process cannot prove that it has read the log up to now. */
  'unsynced',
  /** The caller asked for no cache. */
  'bypass',
] as const;

export type Reason = (typeof REASONS)[number];
