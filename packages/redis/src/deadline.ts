/** The part of the deadline after which an answer counts as slow. */
const SLOW_SHARE = 0.8;

export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly slow: boolean }
  | { readonly kind: 'refused'; readonly error: unknown; readonly slow: boolean }
  | { readonly kind: 'late' };

/**
 * Waits for an answer until its deadline; never rejects, never stays pending.
 *
 * A busy event loop must not look like a slow server: when a timer fires, what has already arrived at the socket is
 * read first (the loop polls between its timers and `setImmediate`).
 */
export function awaitWithin<T>(answer: Promise<T>, deadlineMs: number): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    let slow = false;
    let settled = false;
    let timer = setTimeout(afterPolling, deadlineMs * SLOW_SHARE, becomeSlow);

    function settle(result: Answer<T>) {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(result);
    }

    function afterPolling(then: () => void) {
      setImmediate(() => {
        if (!settled) then();
      });
    }

    function becomeSlow() {
      slow = true;
      const leftMs = Math.max(deadlineMs - (performance.now() - startedMs), 0);
      timer = setTimeout(afterPolling, leftMs, () => settle({ kind: 'late' }));
    }

    answer.then(
      (value) => settle({ kind: 'answered', value, slow }),
      (error) => settle({ kind: 'refused', error, slow }),
    );
  });
}
