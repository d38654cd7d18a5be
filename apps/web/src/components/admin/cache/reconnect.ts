/** `EventSource.CLOSED`. */
const CLOSED = 2;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface StreamHandlers {
  /** Adds listeners for events; called for each source that is opened. */
  listen(source: EventSource): void;
  onConnected(connected: boolean): void;
}

/**
 * Server's events for as long as they are wanted. A source connects again by itself when a stream ends, but never after
 * an answer that is none (HTML standard, 9.2.3 "fail the connection"), such as the proxy's 502 while the site restarts:
 * then another one is opened, after pauses that double up to half a minute.
 *
 * @returns Closes it.
 */
export function keepConnected({ listen, onConnected }: StreamHandlers, open: () => EventSource): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function connect() {
    const opened = open();
    source = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      onConnected(true);
    });
    opened.addEventListener('error', () => {
      onConnected(false);
      if (opened.readyState !== CLOSED) return;
      timer = setTimeout(connect, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures));
      failures += 1;
    });
    listen(opened);
  }

  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
