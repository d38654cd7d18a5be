import type { RedisConnection } from './types.ts';

/** Resolves when a connection is ready, or after `timeoutMs` without it. */
export function whenReady(connection: RedisConnection, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (connection.ready) return resolve();
    const stop = connection.onReady(done);
    const timer = setTimeout(done, timeoutMs);
    function done() {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}
