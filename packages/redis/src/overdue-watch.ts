/** How long after its deadline an answer may still come before the connection is given up. */
const PATIENCE_MS = 500;

export interface OverdueWatch {
  /** A call has missed its deadline; its answer may come yet. */
  add(answer: Promise<unknown>): void;
  /** The connection is gone. */
  clear(): void;
}

/**
 * A connection on which answers are overdue may be dead without knowing it: a hung server, a network that swallows
 * packets. It watches one overdue answer at a time, and gives the connection up when that one does not come.
 */
export function createOverdueWatch(giveUp: () => void): OverdueWatch {
  let timer: NodeJS.Timeout | undefined;

  function clear() {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    add(answer) {
      if (timer !== undefined) return;
      const mine = setTimeout(() => {
        timer = undefined;
        giveUp();
      }, PATIENCE_MS).unref();
      timer = mine;
      const arrived = () => {
        if (timer === mine) clear();
      };
      answer.then(arrived, arrived);
    },
    clear,
  };
}
