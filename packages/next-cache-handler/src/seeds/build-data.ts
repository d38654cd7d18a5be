import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The app puts the fingerprint of the data in use here at run time: a string or a promise of one. */
export const FINGERPRINT_SLOT = Symbol.for('@tbi/next-cache-handler/fingerprint');
/** The app's build writes `{ fingerprint, beganAtMs, builtAtMs }` into this file of Next's output folder. */
export const BUILD_FILE = 'tbi-build.json';

/**
 * Whether the build read the data that the site serves now.
 * `other`: it did not, or only one side says what it read. `unknown`: neither side says anything.
 */
export type BuildData =
  | { readonly data: 'same'; readonly beganAtMs: number; readonly builtAtMs: number }
  | { readonly data: 'other' }
  | { readonly data: 'unknown' };

const MAX_WAIT_MS = 200;
const OTHER: BuildData = { data: 'other' };

export async function readBuildData(serverDistDir: string): Promise<BuildData> {
  const [built, running] = await Promise.all([readBuildFile(serverDistDir), runningFingerprint()]);
  if (built === undefined && running === undefined) return { data: 'unknown' };
  if (!isBuildFile(built) || built.fingerprint !== running) return OTHER;
  return { data: 'same', beganAtMs: built.beganAtMs, builtAtMs: built.builtAtMs };
}

interface BuildFile {
  readonly fingerprint: string;
  readonly beganAtMs: number;
  readonly builtAtMs: number;
}

/** Undefined: there is no file. Null: it cannot be read as one. */
async function readBuildFile(serverDistDir: string): Promise<unknown> {
  const text = await readFile(join(serverDistDir, '..', BUILD_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isBuildFile(value: unknown): value is BuildFile {
  if (typeof value !== 'object' || value === null) return false;
  const { fingerprint, beganAtMs, builtAtMs } = value as Record<string, unknown>;
  return typeof fingerprint === 'string' && typeof beganAtMs === 'number' && typeof builtAtMs === 'number';
}

/** Undefined: the app says nothing. Null: it could not find out, or not yet. */
async function runningFingerprint(): Promise<string | null | undefined> {
  const slot: unknown = Reflect.get(globalThis, FINGERPRINT_SLOT);
  if (slot === undefined) return undefined;
  const waiting = new AbortController();
  try {
    // A request waits for it no longer than for Redis: without an answer the page is rendered.
    const inTime = sleep(MAX_WAIT_MS, null, { signal: waiting.signal, ref: false });
    const fingerprint: unknown = await Promise.race([slot, inTime]);
    return typeof fingerprint === 'string' ? fingerprint : null;
  } catch {
    return null;
  } finally {
    waiting.abort();
  }
}
