/** The part of the deadline after which an answer counts as slow. */
const SLOW_SHARE = 0.8;

export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly slow: boolean }
  | { readonly kind: 'refused'; readonly error: unknown; readonly slow: boolean }
  | { readonly kind: 'late' };

/**
 * Waits for an answer until its deadline; never rejects, never stays pending.
 *
 * A busy event loop must not look like a slow server. The time counts from the end of this turn, when what was sent in
 * it leaves; and when a timer fires, what has already arrived at the socket is read first (the loop polls between its
 * timers and `setImmediate`).
 */
export function awaitWithin<T>(answer: Promise<T>, deadlineMs: number): Promise<Answer<T>> {
  return new Promise((resolve) => {
    let startedMs = 0;
    let slow = false;
    let settled = false;
    let timer: NodeJS.Timeout | undefined;

    function settle(result: Answer<T>) {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(result);
    }

    /** A timer that was set after a long turn fires early, because the loop's clock stood still in it. */
    function after(ms: number, then: () => void) {
      const leftMs = startedMs + ms - performance.now();
      timer = setTimeout(() => {
        setImmediate(() => {
          if (settled) return;
          if (performance.now() - startedMs < ms - 1) after(ms, then);
          else then();
        });
      }, leftMs);
    }

    process.nextTick(() => {
      if (settled) return;
      startedMs = performance.now();
      after(deadlineMs * SLOW_SHARE, () => {
        slow = true;
        after(deadlineMs, () => settle({ kind: 'late' }));
      });
    });

    answer.then(
      (value) => settle({ kind: 'answered', value, slow }),
      (error) => settle({ kind: 'refused', error, slow }),
    );
  });
}
