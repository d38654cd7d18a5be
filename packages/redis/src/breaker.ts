/**
 * How a call went.
 * - `ok`: answered in time. An answer that only says what was wrong with the command is `ok` too.
 * - `slow`: answered shortly before its deadline.
 * - `failed`: no answer in time, the connection broke, or the server says that it cannot serve now.
 * - `silent`: no answer in time to this or to any other call since this one was sent. The server hangs.
 */
export type CallOutcome = 'ok' | 'slow' | 'failed' | 'silent';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface Breaker {
  readonly state: BreakerState;
  /**
   * Asks to make a call. Null: not now. Otherwise the function that takes the call's outcome.
   *
   * @param force Lets the call through whatever the state is. Its success closes the breaker.
   */
  admit(force?: boolean): ((outcome: CallOutcome) => void) | null;
  /** The server was just reached: the next call may find out whether it serves, without waiting any longer. */
  probeSoon(): void;
}

export interface BreakerOptions {
  /** Calls that are remembered. Default 10. */
  readonly windowSize?: number;
  /** Opens when so many of them were not `ok`. One `silent` call opens at once. Default 5. */
  readonly badCalls?: number;
  /** How long the first opening lasts, in ms; each failed probe doubles it. Default 250. */
  readonly firstOpenMs?: number;
  /** The longest opening, in ms: how late a recovered server is noticed. Default 2,000. */
  readonly maxOpenMs?: number;
  readonly onChange?: (state: BreakerState) => void;
  readonly now?: () => number;
}

/**
 * A circuit breaker: closed → open → half-open with one probe → closed or open again.
 *
 * A hung server must cost a request one deadline, not one for each lookup that it makes, so a whole deadline of
 * silence opens at once. That is cheap when it was a mistake, because the first opening is short. A server that answers
 * others meanwhile gets more patience.
 */
export function createBreaker(options: BreakerOptions = {}): Breaker {
  const { windowSize = 10, badCalls = 5, firstOpenMs = 250, maxOpenMs = 2_000 } = options;
  const { onChange = () => {}, now = () => performance.now() } = options;
  let state: BreakerState = 'closed';
  let recent: CallOutcome[] = [];
  let openMs = firstOpenMs;
  let openUntilMs = 0;
  let probing = false;
  /** Counts changes of state. What a call from before the last one found out is no news. */
  let epoch = 0;

  function become(next: BreakerState) {
    if (state === next) return;
    state = next;
    epoch += 1;
    recent = [];
    probing = false;
    onChange(next);
  }

  function open() {
    openUntilMs = now() + openMs;
    openMs = Math.min(openMs * 2, maxOpenMs);
    become('open');
  }

  function close() {
    openMs = firstOpenMs;
    become('closed');
  }

  function record(outcome: CallOutcome, isProbe: boolean) {
    if (state === 'closed') {
      recent = [...recent, outcome].slice(-windowSize);
      if (outcome === 'silent' || recent.filter((each) => each !== 'ok').length >= badCalls) open();
    } else if (outcome === 'ok') {
      close();
    } else if (isProbe) {
      open();
    }
  }

  return {
    get state() {
      return state;
    },
    admit(force = false) {
      if (state === 'open' && now() >= openUntilMs) become('half-open');
      const isProbe = state === 'half-open' && !probing;
      if (state !== 'closed' && !isProbe && !force) return null;
      if (isProbe) probing = true;
      const admittedIn = epoch;
      return (outcome) => {
        if (admittedIn === epoch) record(outcome, isProbe);
      };
    },
    probeSoon() {
      openUntilMs = 0;
    },
  };
}
