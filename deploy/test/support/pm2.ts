import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { adoptDaemon, cleanEnv, createTemporaryFolder } from '@tbi/testing';

const root = join(import.meta.dirname, '..', '..', '..');
const run = promisify(execFile);

export interface Worker {
  readonly pid: number;
  readonly status: string;
}

export interface Pm2Site {
  readonly deployDir: string;
  /** Where PM2 itself keeps its files. */
  readonly home: string;
  /** Runs `pnpm deploy:local` with these options. Rejects with its output when it fails. */
  deploy(...options: string[]): Promise<void>;
  /** The same, with further variables from now on. */
  deployWith(variables: Readonly<Record<string, string>>, ...options: string[]): Promise<void>;
  workers(): Promise<Worker[]>;
  readLogs(): Promise<string>;
  stop(): Promise<void>;
}

/** The site under a PM2 of the caller's own, which dies with this process. */
export async function preparePm2Site(variables: Readonly<Record<string, string>>): Promise<Pm2Site> {
  const folder = await createTemporaryFolder('pm2');
  const deployDir = join(folder.path, 'deploy');
  const home = join(folder.path, 'home');
  const env = cleanEnv({
    ...variables,
    DEPLOY_DIR: deployDir,
    PM2_HOME: home,
    PM2_DISABLE_VERSION_CHECK: 'true',
    // How often it looks at memory. Default 30,000.
    PM2_WORKER_INTERVAL: '5000',
  });
  const pm2 = join(
    dirname(createRequire(join(root, 'package.json')).resolve('pm2/package.json')),
    'bin',
    'pm2',
  );
  let release: (() => void) | undefined;

  const inRoot = async (program: string, ...args: string[]) => {
    const { stdout } = await run(program, args, { env, cwd: root, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  };
  const node = (...args: string[]) => inRoot(process.execPath, ...args);

  async function deploy(...options: string[]) {
    // Its build needs pnpm, as whoever types the command has it.
    if (options.length === 0) await inRoot('npx', '-y', 'pnpm', 'deploy:local');
    else await node('--import', 'tsx', join(root, 'scripts', 'deploy-local.mjs'), ...options);
    release ??= await adoptDaemon(join(home, 'pm2.pid'));
  }

  return {
    deployDir,
    home,
    deploy,
    async deployWith(more, ...options) {
      Object.assign(env, more);
      await deploy(...options);
    },
    async workers() {
      const listed: unknown = JSON.parse(await node(pm2, 'jlist', '--silent'));
      if (!Array.isArray(listed)) throw new Error('pm2 jlist returned no list');
      return listed.map((one) => ({ pid: one.pid, status: one.pm2_env.status }));
    },
    readLogs: async () => {
      const texts = ['out', 'error'].map((name) =>
        readFile(join(deployDir, 'logs', `${name}.log`), 'utf8').catch(() => ''),
      );
      return (await Promise.all(texts)).join('\n');
    },
    async stop() {
      if (release !== undefined) await node(pm2, 'kill', '--silent');
      release?.();
      await folder.remove();
    },
  };
}
