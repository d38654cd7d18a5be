import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../free-port.ts';
import { createGuardedFolder, removeGuardedFolder, startGuarded } from '../guardian/guardian.ts';
import { sleep } from '../poll.ts';
import { cleanEnv } from '../process/clean-env.ts';
import { findNextBinary } from './next-binary.ts';

export interface StartNextOptions {
  /** The app's folder, built before (`buildNext`). */
  readonly dir: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Added to a clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** `start` (a build, default) or `dev`. */
  readonly mode?: 'start' | 'dev';
  /** Run this file instead of Next's own server, such as a standalone output's `server.js`. */
  readonly serverFile?: string;
  /** Default 60,000. */
  readonly readyTimeoutMs?: number;
}

export interface NextServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Requests a path of this server; redirects are not followed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Everything that the server has written so far. */
  readLogs(): Promise<string>;
  /** Resolves when the process is gone (SIGKILL, SIGTERM) or the signal is sent. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** SIGTERM, after 10 s SIGKILL. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a Next.js server on 127.0.0.1 and waits until it answers. It ends with this process. */
export async function startNext(options: StartNextOptions): Promise<NextServer> {
  const { dir, mode = 'start', readyTimeoutMs = 60_000 } = options;
  const port = options.port ?? (await findFreePort());
  const folder = await createGuardedFolder('next');
  const logFile = join(folder, 'server.log');
  const args = options.serverFile
    ? [options.serverFile]
    : [findNextBinary(dir), mode, '--port', String(port), '--hostname', '127.0.0.1'];
  const server = await startGuarded({
    command: process.execPath,
    args,
    cwd: dir,
    logFile,
    env: cleanEnv({
      NODE_ENV: mode === 'dev' ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      ...options.env,
    }),
  });
  const url = `http://127.0.0.1:${port}`;
  const readLogs = () => readFile(logFile, 'utf8');
  let running = true;
  void server.exited.then(() => {
    running = false;
  });

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (!running) return;
    server.signal(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await server.exited;
  }

  async function stop(): Promise<void> {
    if (running) server.signal('SIGTERM');
    await Promise.race([server.exited, sleep(10_000)]);
    await kill('SIGKILL');
    await removeGuardedFolder(folder);
  }

  const deadline = performance.now() + readyTimeoutMs;
  // What answers may be somebody else's server, of whose port this one died.
  while (!(await answers(url)) || !running) {
    const late = performance.now() > deadline;
    if (!running || late) {
      const logs = await readLogs();
      await stop();
      throw new Error(`next ${mode} in ${dir} ${late ? 'did not get ready' : 'ended'}:\n${logs}`);
    }
    await sleep(50);
  }

  return {
    url,
    port,
    pid: server.pid,
    fetch: (path, init) => fetch(`${url}${path}`, { redirect: 'manual', ...init }),
    readLogs,
    kill,
    stop,
  };
}

/** Asks for a file that does not exist: answered once the server is prepared, and kept in no cache. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/_next/static/readiness`, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
