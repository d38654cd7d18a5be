/** How a server is told of what it has to close once it has answered its last request. */
export interface Ending {
  onDrained(close: () => Promise<void>): void;
}

const ENDING_SLOT = Symbol.for('@tbi/ending');

export interface Closers {
  /**
   * Runs `first`, then closes everything at once. Resolves when all is closed, at the latest after `timeoutMs`: a Redis
   * that hangs must not keep the process.
   */
  closeAll(timeoutMs: number, first: () => Promise<void>): Promise<void>;
}

/**
 * Takes over from the signal handlers of libraries in this process (`closeOnSignals` of packages/redis): connections
 * are closed when the last request has been answered, neither before nor by a guess. To be called before they load.
 */
export function takeClosers(): Closers {
  const closers: (() => Promise<void>)[] = [];
  const ending: Ending = { onDrained: (close) => closers.push(close) };
  Reflect.set(globalThis, ENDING_SLOT, ending);
  return {
    async closeAll(timeoutMs, first) {
      const closed = first()
        .catch(() => {})
        .then(() => Promise.allSettled(closers.map((close) => close())));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      await Promise.race([closed, late]);
      clearTimeout(timer);
    },
  };
}
