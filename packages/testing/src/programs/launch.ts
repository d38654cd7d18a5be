import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type ExitStatus, type GuardedProcess, startGuarded } from '../guardian/guardian.ts';
import type { Source } from './source.ts';

const run = promisify(execFile);

export interface LaunchOptions {
  readonly source: Source;
  /** Arguments of the program itself. */
  readonly args: readonly string[];
  /** Precedes `args` in a container whose image does not start the program by itself. */
  readonly containerCommand?: readonly string[];
  readonly containerEnv?: Readonly<Record<string, string>>;
  /** Visible to the server under the same path, also in a container. */
  readonly dataDir: string;
  readonly logFile: string;
  readonly port: number;
  /** Containers that talk to each other on 127.0.0.1 need the host's network. Default false. */
  readonly hostNetwork?: boolean;
}

export interface Launched {
  /** Undefined in a container. */
  readonly pid: number | undefined;
  readonly exited: Promise<ExitStatus>;
  signal(signal: NodeJS.Signals): Promise<void>;
  /** The end of what the server wrote, for error messages. */
  readLog(): Promise<string>;
}

/** Starts a server from its source under the guardian; does not wait until it answers. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { source, logFile } = options;
  const readLog = async () => (await readFile(logFile, 'utf8').catch(() => '')).slice(-2000);
  if (source.kind === 'program') {
    const guarded = await startGuarded({ command: source.path, args: options.args, logFile });
    return {
      pid: guarded.pid,
      exited: guarded.exited,
      signal: async (signal) => guarded.signal(signal),
      readLog,
    };
  }
  const name = `tbi-${randomUUID()}`;
  const guarded = await startContainer(source, name, options);
  return {
    pid: undefined,
    exited: guarded.exited,
    async signal(signal) {
      await run(source.docker, ['kill', '--signal', signal, name]);
    },
    readLog,
  };
}

function startContainer(
  source: Extract<Source, { kind: 'docker' }>,
  name: string,
  options: LaunchOptions,
): Promise<GuardedProcess> {
  const { port, dataDir, containerEnv = {}, containerCommand = [] } = options;
  const network = options.hostNetwork ? ['--network', 'host'] : ['--publish', `127.0.0.1:${port}:${port}`];
  // Files in the data folder must stay ours, so that the guardian can remove them.
  const user = process.getuid && process.getgid ? ['--user', `${process.getuid()}:${process.getgid()}`] : [];
  return startGuarded({
    command: source.docker,
    args: [
      ...['run', '--rm', '--name', name, ...network, ...user, '--volume', `${dataDir}:${dataDir}`],
      ...Object.entries(containerEnv).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...[source.image, ...containerCommand, ...options.args],
    ],
    logFile: options.logFile,
    cleanup: [source.docker, 'rm', '--force', '--volumes', name],
  });
}
