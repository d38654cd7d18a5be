const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface CloseOnSignalsOptions {
  /**
   * How long to stay open after the signal when somebody else handles it too, in ms: requests that are still being
   * answered go on using what is closed here. Default 5,000.
   */
  readonly graceMs?: number;
}

/**
 * Closes something when the process is asked to end, and leaves the ending itself to whoever else listens for the
 * signal: a server that drains and exits. When nobody does, the process ends as it would have without this listener.
 *
 * @returns Stops listening.
 */
export function closeOnSignals(
  close: () => Promise<void>,
  { graceMs = 5_000 }: CloseOnSignalsOptions = {},
): () => void {
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
