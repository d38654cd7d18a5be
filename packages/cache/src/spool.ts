import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInheritedSpools, type Inherited } from './inherited-spools.ts';
import { ownIdentity } from './process-identity.ts';

/**
 * Invalidations that Redis could not take, on disk: if this process dies before it can send them, another one that
 * uses the same folder does. One file a process, one line an invalidation.
 */
export interface Spool {
  /** Returns once the operating system has the lines: they survive the process, not the machine. */
  add(tags: readonly string[]): void;
  /** Nothing waits any more, of what was added and of what was taken over. */
  clear(): void;
  /** What processes that are gone have left behind since the last call. Their files go when `clear` is called. */
  takeOver(): Inherited;
  /** What is added after this is for others to take over, once this process is gone. */
  close(): void;
}

const SUFFIX = '.invalidations';
/** The open spools of this process, also those of other copies of this module: a bundler may make several. */
const OPEN_SLOT = Symbol.for('@tbi/cache/open-spools');
const slots: { [OPEN_SLOT]?: Set<string> } & object = globalThis;

/** @param folder One per key prefix, writable by every process of the app on this machine. */
export function createSpool(folder: string, onError: (error: unknown) => void): Spool {
  slots[OPEN_SLOT] ??= new Set();
  const open = slots[OPEN_SLOT];
  const identity = ownIdentity();
  const newName = () => join(folder, `${identity}-${randomBytes(6).toString('hex')}${SUFFIX}`);
  const own = newName();
  open.add(own);
  const inherited = createInheritedSpools({ folder, suffix: SUFFIX, identity, open, newName, onError });
  let written = false;

  function guarded(run: () => void) {
    try {
      run();
    } catch (error) {
      onError(error);
    }
  }

  return {
    add(tags) {
      guarded(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // The line before it may have been cut off, by a disk that was full.
        appendFileSync(own, `\n${JSON.stringify(tags)}`, { mode: 0o600 });
        written = true;
      });
    },
    clear() {
      if (written) guarded(() => rmSync(own, { force: true }));
      written = false;
      inherited.clear();
    },
    takeOver: inherited.takeOver,
    close() {
      open.delete(own);
      inherited.close();
    },
  };
}
