import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adopt } from '../guardian/guardian.ts';
import { sleep } from '../poll.ts';
import { cleanEnv } from '../process/clean-env.ts';
import { hashInputs } from './hash-inputs.ts';
import { findNextBinary } from './next-binary.ts';

export interface BuildNextOptions {
  /** The app's folder. */
  readonly dir: string;
  /** Added to a clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the build depends on outside `dir`: files or folders. */
  readonly inputs?: readonly string[];
  /** Where the app's configuration has the build written, relative to `dir`; begins with `.next`. Default `.next`. */
  readonly distDir?: string;
  /** A Node script (with arguments) to run in `dir` instead of `next build`. */
  readonly command?: readonly string[];
}

const MAX_BUILD_MS = 600_000;

/**
 * Builds an app unless the last build had the same inputs, so that each app is built once, whichever tests use
 * it. Tests in several processes wait for each other. Rejects with the build's output when it fails.
 */
export async function buildNext(options: BuildNextOptions): Promise<{ readonly built: boolean }> {
  const { dir, env = {}, inputs = [], distDir = '.next', command = [findNextBinary(dir), 'build'] } = options;
  const output = join(dir, distDir);
  const stampFile = join(output, 'test-build-inputs');
  // Which build the folder holds: somebody else may have built into it since.
  const readBuildId = () => readFile(join(output, 'BUILD_ID'), 'utf8').catch(() => '');
  return withLock(join(dir, `${distDir}.lock`), async () => {
    const hash = await hashInputs(
      [dir, ...inputs],
      [process.version, command.join(' '), JSON.stringify(env)],
    );
    const stamp = await readFile(stampFile, 'utf8').catch(() => '');
    if (stamp === `${hash} ${await readBuildId()}`) return { built: false };
    // A failed or interrupted build must not pass for the one before it.
    await rm(stampFile, { force: true });
    await runNode(command, dir, cleanEnv({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env }));
    await writeFile(stampFile, `${hash} ${await readBuildId()}`);
    return { built: true };
  });
}

function runNode(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const limits = { timeout: MAX_BUILD_MS, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(
      process.execPath,
      [...command],
      { cwd, env, ...limits },
      (error, stdout, stderr) => {
        release();
        if (error) reject(new Error(`the build in ${cwd} failed:\n${stdout}\n${stderr}`));
        else resolve();
      },
    );
    const release = child.pid === undefined ? () => {} : adopt(child.pid);
  });
}

/** Creating a folder either succeeds or fails as a whole, which makes it a lock between processes. */
async function withLock<T>(folder: string, action: () => Promise<T>): Promise<T> {
  while (!(await tryLock(folder))) await sleep(200);
  try {
    return await action();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryLock(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    await writeFile(join(folder, 'pid'), String(process.pid));
    return true;
  } catch {
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
    return false;
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => ''));
  if (pid > 0) return !isAlive(pid);
  // The other process is between creating the folder and writing into it, or died there.
  const info = await stat(folder).catch(() => null);
  return info !== null && Date.now() - info.mtimeMs > 5000;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
