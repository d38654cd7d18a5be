/** Redis's clock as seen from here: the local monotonic clock plus an offset measured from TIME replies. */
export interface RedisClock {
  nowMs(): number;
  /** Takes a reply to a request sent at `sentMs` and answered at `receivedMs` (both `performance.now()`). */
  sample(redisMs: number, sentMs: number, receivedMs: number): void;
}

/** A sample this old gives way to any newer one, so that steps of Redis's clock are followed. */
const SAMPLE_LIFE_MS = 10_000;

export function createRedisClock(): RedisClock {
  let offsetMs = performance.timeOrigin;
  let roundTripMs = Number.POSITIVE_INFINITY;
  let takenMs = Number.NEGATIVE_INFINITY;
  return {
    nowMs: () => performance.now() + offsetMs,
    sample(redisMs, sentMs, receivedMs) {
      const tripMs = receivedMs - sentMs;
      if (tripMs > roundTripMs && receivedMs - takenMs < SAMPLE_LIFE_MS) return;
      roundTripMs = tripMs;
      takenMs = receivedMs;
      offsetMs = redisMs - (sentMs + receivedMs) / 2;
    },
  };
}
