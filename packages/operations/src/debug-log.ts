import { appendFile, rename, stat } from 'node:fs/promises';
import type { CacheEventSource } from '@tbi/cache';
import { describeEvent } from './describe-event.ts';

export interface DebugLogOptions {
  readonly path: string;
  /** Over this size the file becomes `<path>.1`, and that one is replaced. Default 10 MiB. */
  readonly maxBytes?: number;
  /** How long lines are gathered before they are written. Default 250 ms. */
  readonly flushMs?: number;
  /** Lines that wait; what comes when so many do is left out and counted. Default 10,000. */
  readonly maxLines?: number;
  /** Gets one message when the file cannot be written. */
  readonly warn: (message: string) => void;
}

export interface DebugLog {
  /** Writes what waits and stops listening. Never rejects. */
  close(): Promise<void>;
}

const DEFAULTS = { maxBytes: 10 * 1024 * 1024, flushMs: 250, maxLines: 10_000 };

/**
 * Every lookup, store and invalidation as one line of a file. A file that cannot be written costs one warning and
 * nothing else: lines are then dropped, and the next batch tries again.
 */
export function writeDebugLog(events: CacheEventSource, options: DebugLogOptions): DebugLog {
  const { path, maxBytes, flushMs, maxLines, warn } = { ...DEFAULTS, ...options };
  let lines: string[] = [];
  let leftOut = 0;
  let bytes: number | null = null;
  let warned = false;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const unsubscribe = events.subscribe((event) => {
    if (lines.length >= maxLines) {
      leftOut += 1;
      return;
    }
    lines.push(`${new Date().toISOString()} ${process.pid} ${describeEvent(event)}`);
    timer ??= setTimeout(flush, flushMs).unref();
  });

  function flush() {
    timer = undefined;
    writing = writing.then(write);
  }

  async function write() {
    const batch = leftOut > 0 ? [...lines, `${new Date().toISOString()} left out ${leftOut} lines`] : lines;
    lines = [];
    leftOut = 0;
    if (batch.length === 0) return;
    const text = `${batch.join('\n')}\n`;
    try {
      bytes ??= await sizeOf(path);
      if (bytes > 0 && bytes + text.length > maxBytes) await rotate();
      await appendFile(path, text, { mode: 0o600 });
      bytes = (bytes ?? 0) + Buffer.byteLength(text);
    } catch (error) {
      bytes = null;
      if (!warned) warn(`The debug log ${path} cannot be written (${codeOf(error)}); it is left out.`);
      warned = true;
    }
  }

  /** Processes share the file: another one may have moved it already. */
  async function rotate() {
    if ((await sizeOf(path)) * 2 > maxBytes) await rename(path, `${path}.1`);
    bytes = await sizeOf(path);
  }

  return {
    async close() {
      unsubscribe();
      clearTimeout(timer);
      flush();
      await writing;
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
