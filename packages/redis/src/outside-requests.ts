import { AsyncResource } from 'node:async_hooks';

// Made when this module is loaded, which no request waits for.
const root = new AsyncResource('TbiRedis');

/**
 * Runs a function outside of any request. Sockets and timers that live on belong to the process: started in a request's
 * context, they would keep everything that hangs on it alive.
 */
export function outsideRequests<T>(run: () => T): T {
  return root.runInAsyncScope(run);
}
