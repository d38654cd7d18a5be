const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface CloseOnSignalsOptions {
  /**
   * How long to stay open after the signal when somebody else handles it too, in ms: requests that are still being
   * answered go on using what is closed here. Default 5,000.
   */
  readonly graceMs?: number;
}

/** How a server of ours (apps/web/src/serve) takes over: it runs `close` once it has answered its last request. */
interface Ending {
  onDrained(close: () => Promise<void>): void;
}

const ENDING_SLOT = Symbol.for('@tbi/ending');

/**
 * Closes something when the process is asked to end, and leaves the ending itself to whoever else listens for the
 * signal: a server that drains and exits. When nobody does, the process ends as it would have without this listener.
 * A server that says when it has drained is left to decide by itself.
 *
 * @returns Stops listening.
 */
export function closeOnSignals(
  close: () => Promise<void>,
  { graceMs = 5_000 }: CloseOnSignalsOptions = {},
): () => void {
  const ending = Reflect.get(globalThis, ENDING_SLOT) as Ending | undefined;
  if (ending !== undefined) {
    ending.onDrained(close);
    return () => {};
  }

  function onSignal(signal: NodeJS.Signals) {
    stop();
    if (process.listenerCount(signal) > 0) {
      setTimeout(() => void close(), graceMs).unref();
      return;
    }
    void close().finally(() => process.kill(process.pid, signal));
  }

  function stop() {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  }

  for (const signal of SIGNALS) process.on(signal, onSignal);
  return stop;
}
