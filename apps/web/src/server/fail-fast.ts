import { meansUnavailable, unavailableError } from './unavailable.ts';

export interface FailFastOptions {
  /** What takes longer counts as unavailable. Its outcome is then unknown. */
  readonly deadlineMs: number;
  /** After a failure, everything fails at once for this long; then one call tries again. */
  readonly pauseMs: number;
  /** Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Runs calls to a service that may be away, so that only the first ones wait for it.
 *
 * @throws `ERR_DATABASE_UNAVAILABLE`; errors about a single query pass through.
 */
export function failFast({ deadlineMs, pauseMs, now = Date.now }: FailFastOptions) {
  let pausedUntilMs: number | undefined;
  let probing = false;

  return async function guarded<T>(run: () => Promise<T>): Promise<T> {
    const probe = pausedUntilMs !== undefined;
    if (pausedUntilMs !== undefined && (probing || now() < pausedUntilMs)) throw unavailableError();
    if (probe) probing = true;
    try {
      const value = await within(deadlineMs, run());
      pausedUntilMs = undefined;
      return value;
    } catch (error) {
      if (!meansUnavailable(error)) {
        pausedUntilMs = undefined;
        throw error;
      }
      pausedUntilMs = now() + pauseMs;
      throw unavailableError(error);
    } finally {
      if (probe) probing = false;
    }
  };
}

async function within<T>(deadlineMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailableError()), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
