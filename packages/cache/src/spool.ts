import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Invalidations that Redis could not take, on disk: if this process dies before it can send them, the next one that
 * uses the same folder does. One file a process, one line an invalidation.
 */
export interface Spool {
  /** Returns once the operating system has the lines: they survive the process, not the machine. */
  add(tags: readonly string[]): void;
  /** Nothing waits any more. */
  clear(): void;
  /** Takes over what processes that are gone left behind. Their files go when `clear` is called. */
  takeOver(): string[][];
}

const SUFFIX = '.invalidations';

/** @param folder One per key prefix, writable by every process of the app on this machine. */
export function createSpool(folder: string, onError: (error: unknown) => void): Spool {
  const own = join(folder, `${process.pid}-${randomBytes(6).toString('hex')}${SUFFIX}`);
  let written = false;
  let inherited: string[] = [];

  function guarded<T>(run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      onError(error);
      return otherwise;
    }
  }

  return {
    add(tags) {
      guarded(() => {
        if (!written) mkdirSync(folder, { recursive: true, mode: 0o700 });
        appendFileSync(own, `${JSON.stringify(tags)}\n`, { mode: 0o600 });
        written = true;
      }, undefined);
    },
    clear() {
      guarded(() => {
        for (const file of inherited) rmSync(file, { force: true });
        inherited = [];
        if (written) rmSync(own, { force: true });
        written = false;
      }, undefined);
    },
    takeOver() {
      const files = guarded(() => abandonedFiles(folder, own), []);
      inherited = files;
      return files.flatMap((file) => guarded(() => readLines(file), []));
    },
  };
}

function abandonedFiles(folder: string, own: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(SUFFIX) && !isAlive(Number.parseInt(name, 10)))
    .map((name) => join(folder, name))
    .filter((file) => file !== own);
}

/** A file with our own id is from an earlier life: containers start every process as number 1. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Object && 'code' in error && error.code === 'EPERM';
  }
}

/** A line that was cut off by a crash was never promised. */
function readLines(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const tags: unknown = JSON.parse(line);
        return Array.isArray(tags) ? [tags.filter((tag) => typeof tag === 'string')] : [];
      } catch {
        return [];
      }
    });
}
