export interface PollOptions {
  /** Default 5000. */
  readonly timeoutMs?: number;
  /** Default 20. */
  readonly intervalMs?: number;
  /** Completes the sentence "waited in vain for …" in the error. Default: "a condition". */
  readonly what?: string;
}

/**
 * Calls `probe` until it returns something other than `undefined`, `null` or `false`, and returns that.
 * A probe that throws counts as "not yet"; the last error is the cause when time runs out.
 */
export async function poll<T>(
  probe: () => T | Promise<T>,
  options: PollOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { timeoutMs = 5000, intervalMs = 20, what = 'a condition' } = options;
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  for (;;) {
    try {
      const result = await probe();
      if (result !== undefined && result !== null && result !== false) {
        return result as Exclude<T, undefined | null | false>;
      }
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`waited in vain for ${what} (${timeoutMs} ms)`, { cause });
    }
    await sleep(intervalMs);
  }
}

export function sleep(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
