import { getEngine, LOG_SLOT } from '@tbi/next-cache-handler';
import { beforeClosing } from '../serve/ending.ts';
import { traceRequests } from './development/trace-requests.ts';
import { environment } from './env.ts';
import { logger } from './log.ts';
import { operations } from './operations.ts';
import { processSlot } from './process-slot.ts';

/** Begins to watch the cache, once for each process: before its first request, so that nothing is missed. */
export function startOperations(): void {
  processSlot('operations-started', () => {
    const { runtime } = environment();
    const log = logger();
    // What the cache handlers say, which Next loads apart from the app, goes into the same log.
    Reflect.set(globalThis, LOG_SLOT, {
      info: (message: string) => log.info(message),
      warn: (message: string) => log.warn(message),
    });
    // Its report goes before the connections: nobody waits for a process that has ended.
    beforeClosing(operations().close);
    if (!runtime.production) traceRequests(getEngine().events);
    return true;
  });
}
