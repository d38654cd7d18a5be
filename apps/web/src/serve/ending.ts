/** How a server tells those inside of it that it ends, and is told what it has to close then. */
export interface Ending {
  /** Calls back when draining begins, at once when it has begun. Returns what takes the listener back. */
  onDraining(listener: () => void): () => void;
  /** Runs when the last request has been answered and everything is still open. */
  beforeClosing(say: () => Promise<void>): void;
  onDrained(close: () => Promise<void>): void;
}

const ENDING_SLOT = Symbol.for('@tbi/ending');

/** For what is said before anything closes: the rest is closed in time even if Redis does not listen. */
const LAST_WORDS_MS = 1_000;

export interface Closers {
  /** Draining begins: what would go on for ever by itself has to end. */
  beginDraining(): void;
  /**
   * Runs `first`, then what is said before closing, then closes everything at once. Resolves when all is closed, at the
   * latest after `timeoutMs`: a Redis that hangs must not keep the process.
   */
  closeAll(timeoutMs: number, first: () => Promise<void>): Promise<void>;
}

/**
 * Takes over from the signal handlers of libraries in this process (`closeOnSignals` of packages/redis): connections
 * are closed when the last request has been answered, neither before nor by a guess. To be called before they load.
 */
export function takeClosers(): Closers {
  const closers: (() => Promise<void>)[] = [];
  const lastWords: (() => Promise<void>)[] = [];
  const listeners = new Set<() => void>();
  let draining = false;
  const ending: Ending = {
    onDraining(listener) {
      if (draining) listener();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    beforeClosing: (say) => lastWords.push(say),
    onDrained: (close) => closers.push(close),
  };
  Reflect.set(globalThis, ENDING_SLOT, ending);
  return {
    beginDraining() {
      draining = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
    async closeAll(timeoutMs, first) {
      const closed = first()
        .catch(() => {})
        .then(() => within(LAST_WORDS_MS, runAll(lastWords)))
        .then(() => runAll(closers));
      await within(timeoutMs, closed);
    },
  };
}

const runAll = (tasks: readonly (() => Promise<void>)[]) =>
  Promise.allSettled(tasks.map(async (task) => task()));

async function within(limitMs: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

const currentEnding = () => Reflect.get(globalThis, ENDING_SLOT) as Ending | undefined;

/** See `Ending`. In a process without a server of ours, as in development, nobody is told of its end. */
export function onDraining(listener: () => void): () => void {
  return currentEnding()?.onDraining(listener) ?? (() => {});
}

/** See `Ending`. */
export function beforeClosing(say: () => Promise<void>): void {
  currentEnding()?.beforeClosing(say);
}
