import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Receives standard output and standard error. */
  readonly logFile: string;
  /** Run when the process has ended, for what outlives it (a container). */
  readonly cleanup?: readonly string[];
}

export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GuardedProcess {
  readonly pid: number;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<ExitStatus>;
  signal(signal: NodeJS.Signals): void;
}

type Report =
  | { readonly id: number; readonly event: 'started'; readonly pid: number }
  | { readonly id: number; readonly event: 'failed'; readonly message: string }
  | ({ readonly id: number; readonly event: 'exit' } & ExitStatus)
  | { readonly event: 'removed'; readonly folder: string };

type GuardianProcess = ChildProcessByStdio<Writable, Readable, null>;

interface Guardian {
  send(message: object): void;
  /** Calls back for every report until the callback returns true. Keeps this process alive meanwhile. */
  until(callback: (report: Report) => boolean, options?: { readonly keepAlive: boolean }): void;
}

let guardian: Guardian | undefined;
let nextId = 1;

/**
 * Starts a process that ends with this one, also when this one is killed: a small guardian process holds it
 * and watches a pipe to us. Rejects when the program cannot be executed.
 */
export function startGuarded(command: GuardedCommand): Promise<GuardedProcess> {
  const id = nextId++;
  const { send, until } = getGuardian();
  const isExit = (report: Report) => 'id' in report && report.id === id && report.event === 'exit';
  let running = true;
  return new Promise((resolve, reject) => {
    const exited = new Promise<ExitStatus>((settle) => {
      until(
        (report) => {
          if (!('id' in report) || report.id !== id || report.event !== 'exit') return false;
          running = false;
          settle({ code: report.code, signal: report.signal });
          return true;
        },
        { keepAlive: false },
      );
    });
    function signal(name: NodeJS.Signals) {
      // Whoever ends a process waits for its end, with nothing else to do perhaps.
      if (running && (name === 'SIGKILL' || name === 'SIGTERM')) until(isExit);
      send({ op: 'signal', id, signal: name });
    }
    until((report) => {
      if (!('id' in report) || report.id !== id) return false;
      if (report.event === 'started') {
        resolve({ pid: report.pid, exited, signal });
      } else if (report.event === 'failed') {
        reject(new Error(`${command.command} could not be started: ${report.message}`));
      }
      return true;
    });
    send({ op: 'start', id, ...command });
  });
}

/** Has a child process of this one killed when this one dies. Call the result when the child has ended. */
export function adopt(pid: number): () => void {
  const { send } = getGuardian();
  send({ op: 'adopt', pid });
  return () => send({ op: 'release', pid });
}

/** A new folder under the system's temporary folder that is removed at the latest when this process ends. */
export async function createGuardedFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `tbi-${prefix}-`));
  getGuardian().send({ op: 'own-folder', folder });
  return folder;
}

export function removeGuardedFolder(folder: string): Promise<void> {
  const { send, until } = getGuardian();
  return new Promise((resolve) => {
    until((report) => {
      if (report.event !== 'removed' || report.folder !== folder) return false;
      resolve();
      return true;
    });
    send({ op: 'remove-folder', folder });
  });
}

function getGuardian(): Guardian {
  guardian ??= createGuardian();
  return guardian;
}

function createGuardian(): Guardian {
  const file = fileURLToPath(new URL('./guardian.mjs', import.meta.url));
  const child: GuardianProcess = spawn(process.execPath, [file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // A session of its own: Ctrl-C in the terminal must not reach it or its servers before the owner ends.
    detached: true,
    // The loaders and hooks of this process are not for the guardian.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const waiting = new Set<{ callback: (report: Report) => boolean; keepAlive: boolean }>();

  // An idle guardian must not keep this process alive; one whose answer is awaited must.
  const hold = () => {
    const busy = [...waiting].some((waiter) => waiter.keepAlive);
    for (const handle of [child, child.stdin, child.stdout]) setReferenced(handle, busy);
  };

  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as Report;
    for (const waiter of waiting) if (waiter.callback(report)) waiting.delete(waiter);
    hold();
  });
  child.stdin.on('error', () => {
    // The guardian is gone; whoever waits for a server notices by its own deadline.
  });
  hold();

  return {
    send: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    until(callback, options = { keepAlive: true }) {
      waiting.add({ callback, keepAlive: options.keepAlive });
      hold();
    },
  };
}

/** Pipes have `ref` and `unref` at run time, which the stream types do not show. */
function setReferenced(handle: object, referenced: boolean): void {
  const method = Reflect.get(handle, referenced ? 'ref' : 'unref') as unknown;
  if (typeof method === 'function') method.call(handle);
}
