import { createLogger } from '@tbi/operations';
import { environment } from './env.ts';
import { processSlot } from './process-slot.ts';

/** The log of this process: JSON a line in production, lines for people in development. Never a secret. */
export function logger() {
  return processSlot('logger', () => {
    const { operations, runtime } = environment();
    return createLogger({ level: operations.logLevel, readable: !runtime.production });
  });
}

/** One line about an error: its name, code and first line. Not the object: drivers put settings and arguments on theirs. */
export function logError(what: string, error: unknown): void {
  logger().error({ err: error }, what);
}
