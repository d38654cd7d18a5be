import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { adopt, type ExitStatus } from '../guardian/guardian.ts';
import { HARDENED_FOLDER_VARIABLE, hardenedFolder } from '../shared/environment.ts';
import { cleanEnv } from './clean-env.ts';
import type { Answer, Call } from './serve-parent.ts';

export interface ForkNodeOptions {
  readonly args?: readonly string[];
  /** Added to a clean environment (`cleanEnv`). */
  readonly env?: Readonly<Record<string, string>>;
  /** For Node itself, such as `--expose-gc`. */
  readonly nodeArgs?: readonly string[];
}

export interface ForkedNode {
  readonly pid: number;
  readonly exited: Promise<ExitStatus>;
  /** Calls a method that the file serves with `serveParent`. Rejects with its error (`message`, `code`), or when the process ends. */
  call<T>(method: string, ...args: readonly unknown[]): Promise<T>;
  /** Everything that the process has written so far. */
  output(): string;
  /** Resolves when the process is gone (SIGKILL, SIGTERM) or the signal is sent. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Runs a file (JavaScript or TypeScript) in a Node process of its own, which dies with this one. Resolves when
 * the file has called `serveParent`. Arguments and results travel as JSON.
 */
export async function forkNode(file: string | URL, options: ForkNodeOptions = {}): Promise<ForkedNode> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(file, options.args ?? [], {
    // The file may ask this package for servers' settings, as its test does.
    env: cleanEnv({ [HARDENED_FOLDER_VARIABLE]: hardenedFolder(), ...options.env }),
    execArgv: ['--import', tsx, ...(options.nodeArgs ?? [])],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const { pid } = child;
  if (pid === undefined) {
    const [error] = await once(child, 'error');
    throw error;
  }
  const release = adopt(pid);

  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }

  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  let ready = () => {};
  const readied = new Promise<void>((resolve) => {
    ready = resolve;
  });
  child.on('message', (message: Answer | 'ready') => {
    if (message === 'ready') {
      ready();
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if ('error' in message) call?.reject(Object.assign(new Error(message.error.message), message.error));
    else call?.resolve(message.result);
  });

  const exited = new Promise<ExitStatus>((resolve) => {
    child.once('exit', (code, signal) => {
      release();
      for (const { reject } of pending.values())
        reject(new Error(`process ${pid} ended (${signal ?? code})\n${output}`));
      pending.clear();
      resolve({ code, signal });
    });
  });

  const early = exited.then(({ code, signal }) => {
    throw new Error(`${file} ended (${signal ?? code}) before it called serveParent\n${output}`);
  });
  early.catch(() => {});
  await Promise.race([readied, early]);

  return {
    pid,
    exited,
    call: <T>(method: string, ...args: readonly unknown[]) =>
      new Promise<T>((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          reject(new Error(`process ${pid} has ended\n${output}`));
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve: (value) => resolve(value as T), reject });
        child.send({ id, method, args } satisfies Call);
      }),
    output: () => output,
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      if (signal === 'SIGKILL' || signal === 'SIGTERM') await exited;
    },
  };
}
