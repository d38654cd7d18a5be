/** What a message is written to: one line, no secrets, no stack traces. `console` is one. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
}

export interface QuietLog {
  /** @param cause Warnings with the same cause share one line per interval. */
  warn(cause: string, message: string): void;
  /** All is well. Written at first, and after a warning was written: never two without one in between. */
  recovered(message: string): void;
}

const INTERVAL_MS = 30_000;

/**
 * Writes at most one warning per cause in 30 seconds, and says with the next one how many were left out: a broken Redis
 * is noticed many times a second. Causes come from a small closed list, so nothing here grows.
 */
export function createQuietLog(log: Log, prefix: string, now = () => performance.now()): QuietLog {
  const written = new Map<string, { readonly atMs: number; leftOut: number }>();
  let troubled = true;

  return {
    warn(cause, message) {
      const last = written.get(cause);
      if (last && now() - last.atMs < INTERVAL_MS) {
        last.leftOut += 1;
        return;
      }
      written.set(cause, { atMs: now(), leftOut: 0 });
      troubled = true;
      log.warn(`${prefix}: ${message}${last?.leftOut ? ` (${last.leftOut} more like this since then)` : ''}`);
    },
    recovered(message) {
      if (troubled) log.info(`${prefix}: ${message}`);
      troubled = false;
    },
  };
}
