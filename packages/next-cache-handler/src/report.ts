import { codeOf } from '@tbi/cache';
import { processLog } from './process-log.ts';

const INTERVAL_MS = 30_000;
const reportedAtMs = new Map<string, number>();

/** One line about something that should not happen, at most one per operation in 30 s, without values or keys. */
export function report(operation: string, error: unknown): void {
  const last = reportedAtMs.get(operation);
  if (last !== undefined && performance.now() - last < INTERVAL_MS) return;
  reportedAtMs.set(operation, performance.now());
  const name = error instanceof Error ? error.name : 'error';
  processLog().warn(`[cache] ${operation} went on without the cache: ${name} ${codeOf(error)}`);
}

/** Runs something whose failure must not reach Next. */
export function quietly(operation: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    report(operation, error);
  }
}
