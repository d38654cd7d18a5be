/** Of one computation that needs a place. */
export interface Ticket {
  /** Runs when there is a place, or at once after `letIn`. */
  run<T>(action: () => Promise<T>): Promise<T>;
  /** Somebody who has a place waits for this: waiting for one as well could last for ever. */
  letIn(): void;
}

/** Lets at most `limit` run at a time; the others wait in order. */
export function createLimiter(limit: number): () => Ticket {
  /** In order. Called with whether there is a place. */
  const waiting = new Set<(hasPlace: boolean) => void>();
  let running = 0;

  /** The place goes to the next in line without becoming free in between. */
  function leave() {
    const [next] = waiting;
    if (next === undefined) running -= 1;
    else {
      waiting.delete(next);
      next(true);
    }
  }

  return () => {
    let needsPlace = true;
    let stopWaiting = () => {};

    async function enter(): Promise<boolean> {
      if (!needsPlace) return false;
      if (running < limit) {
        running += 1;
        return true;
      }
      return new Promise((resolve) => {
        waiting.add(resolve);
        stopWaiting = () => {
          if (waiting.delete(resolve)) resolve(false);
        };
      });
    }

    return {
      async run(action) {
        const hasPlace = await enter();
        try {
          return await action();
        } finally {
          if (hasPlace) leave();
        }
      },
      letIn() {
        needsPlace = false;
        stopWaiting();
      },
    };
  };
}
