import type { RedisConnection } from '@tbi/cache';

/** Counts what is sent to Redis while something runs. */
export function createCommandCounter() {
  let commands = 0;
  let roundTrips = 0;
  let answered = true;

  async function count<T>(send: () => Promise<T>): Promise<T> {
    commands += 1;
    if (answered) roundTrips += 1;
    answered = false;
    return send().finally(() => {
      answered = true;
    });
  }

  return {
    watch: (data: RedisConnection): RedisConnection => ({
      command: (...args) => count(() => data.command(...args)),
      script: (...args) => count(() => data.script(...args)),
      get generation() {
        return data.generation;
      },
      get ready() {
        return data.ready;
      },
      cluster: data.cluster,
      onReady: data.onReady,
    }),
    async during(run: () => Promise<unknown>) {
      [commands, roundTrips, answered] = [0, 0, true];
      await run();
      return { commands, roundTrips };
    },
  };
}
