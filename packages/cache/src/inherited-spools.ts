import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from './errors.ts';
import { fateOf } from './process-identity.ts';

/** What processes that are gone could not send. */
export interface Inherited {
  readonly invalidations: readonly (readonly string[])[];
  /** Something was there that cannot be read: it may be anything. */
  readonly unreadable: boolean;
}

export interface InheritedSpools {
  /** What has come since the last call. */
  takeOver(): Inherited;
  /** All of it was sent: the files go. */
  clear(): void;
  close(): void;
}

export interface SpoolFolder {
  readonly folder: string;
  /** How the names of spools end. */
  readonly suffix: string;
  /** Of this process. */
  readonly identity: string;
  /** The spools that this process has open, in whatever copy of this module. */
  readonly open: Set<string>;
  /** A name in the folder that nobody has. */
  newName(): string;
  onError(error: unknown): void;
}

/** Long after it was last added to, a file of which nobody knows whether its process lives has been sent by others. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** The files of others in the folder: those of processes that are gone become ours, those of unknown ones are read. */
export function createInheritedSpools(parts: SpoolFolder): InheritedSpools {
  const { folder, suffix, identity, open, onError } = parts;
  /** Read, and to be removed when all of it was sent. */
  const taken = new Set<string>();
  /** Of files that stay where they are: how many lines were read. */
  const linesRead = new Map<string, number>();

  /** What a file that is not there any more means, another process has seen to. */
  function guarded<T>(run: () => T, failed: T, missing: T): T {
    try {
      return run();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return missing;
      onError(error);
      return failed;
    }
  }

  /** Null: it cannot be read. */
  const readLines = (file: string) =>
    guarded<string[] | null>(() => readFileSync(file, 'utf8').split('\n'), null, []);

  /** No other process takes it as well from now on. */
  function claim(file: string): string[] | null {
    const name = parts.newName();
    const move = () => {
      renameSync(file, name);
      return 'moved';
    };
    const outcome = guarded(move, 'refused', 'missing');
    if (outcome === 'refused') return readInPlace(file);
    if (outcome === 'missing') return [];
    open.add(name);
    taken.add(name);
    return readLines(name);
  }

  /** Its process may live and add to it. That others send what is there as well does no harm. */
  function readInPlace(file: string): string[] | null {
    const before = linesRead.get(file) ?? 0;
    const lines = readLines(file);
    // What cannot be read counts once.
    linesRead.set(file, lines?.length ?? Number.POSITIVE_INFINITY);
    if (Date.now() - guarded(() => statSync(file).mtimeMs, 0, 0) > FORGOTTEN_MS) taken.add(file);
    return before === Number.POSITIVE_INFINITY ? [] : (lines?.slice(before) ?? null);
  }

  function takeOne(file: string): string[] | null {
    if (open.has(file)) return [];
    const owner = basename(file).replace(/-[^-]*$/, '');
    const fate = owner === identity ? 'gone' : fateOf(owner);
    if (fate === 'alive') return [];
    return fate === 'gone' ? claim(file) : readInPlace(file);
  }

  return {
    takeOver() {
      const names = guarded<string[]>(() => readdirSync(folder), [], []);
      const contents = names
        .filter((name) => name.endsWith(suffix))
        .map((name) => takeOne(join(folder, name)));
      return {
        invalidations: contents.flatMap((lines) => (lines ?? []).flatMap(parseLine)),
        unreadable: contents.includes(null),
      };
    },
    clear() {
      for (const file of taken) {
        guarded(() => rmSync(file, { recursive: true }), undefined, undefined);
        open.delete(file);
      }
      taken.clear();
    },
    close() {
      for (const file of taken) open.delete(file);
    },
  };
}

/** A line that was cut off by a crash was never promised. */
function parseLine(line: string): string[][] {
  try {
    const tags: unknown = JSON.parse(line);
    return Array.isArray(tags) ? [tags.filter((tag) => typeof tag === 'string')] : [];
  } catch {
    return [];
  }
}
