import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  canListen,
  execute,
  prepareMariadb,
  renderRedisConfig,
  sendRedisCommand,
} from '@tbi/testing/servers';
import { findRunning, startDetached } from './running.ts';

/** Where the documented ports are taken, the next free one above them is used. */
export const PORTS = { cache: 6379, sessions: 6380, mysql: 3306 } as const;

export interface Service {
  readonly port: number;
  /** False when it was running already. */
  readonly started: boolean;
}

export interface RedisOptions {
  readonly program: string;
  readonly folder: string;
  /** The file of services/ whose settings it has. */
  readonly configFile: string;
  readonly preferredPort: number;
  readonly password: string;
}

/** Starts a Redis that stays, unless it runs already. */
export async function startRedisService(options: RedisOptions): Promise<Service> {
  const { folder, password, program } = options;
  const running = await findRunning(folder);
  if (running !== null) return { port: running.port, started: false };

  const port = await findPort(options.preferredPort);
  const config = join(folder, 'redis.conf');
  await mkdir(folder, { recursive: true });
  const text = renderRedisConfig({
    port,
    password,
    dataDir: folder,
    bind: '127.0.0.1',
    include: [options.configFile],
    // Redis would write its own title over the command line by which it is recognised.
    config: { 'set-proc-title': 'no' },
  });
  await writeFile(config, text, { mode: 0o600 });
  await startDetached(folder, { command: program, args: [config], port });
  await waitUntil(folder, async () => (await sendRedisCommand({ port, password }, ['PING'])) === 'PONG');
  return { port, started: true };
}

export interface MysqlOptions {
  readonly program: string;
  readonly folder: string;
  readonly preferredPort: number;
  readonly password: string;
}

/** Starts a MariaDB (or MySQL) that stays, with a user and a database `tbi`, unless it runs already. */
export async function startMysqlService(options: MysqlOptions): Promise<Service> {
  const { folder, password, program } = options;
  const running = await findRunning(folder);
  if (running !== null) return { port: running.port, started: false };

  const port = await findPort(options.preferredPort);
  await mkdir(folder, { recursive: true });
  const prepared = await prepareMariadb({
    source: { kind: 'program', path: program },
    folder,
    port,
    user: 'tbi',
    password,
    durable: true,
    // The repository may lie too deep for the path of a socket.
    socket: join(tmpdir(), `tbi-services-${port}.sock`),
  });
  await writeFile(prepared.initFile, prepared.initSql, { mode: 0o600 });
  await startDetached(folder, { command: program, args: prepared.args, port });
  const url = `mysql://tbi:${encodeURIComponent(password)}@127.0.0.1:${port}/`;
  await waitUntil(folder, async () => {
    await execute(url, 'CREATE DATABASE IF NOT EXISTS tbi CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
    return true;
  });
  return { port, started: true };
}

async function findPort(preferred: number): Promise<number> {
  for (let port = preferred; port < preferred + 100; port++) {
    if (await canListen(port)) return port;
  }
  throw new Error(`no free port between ${preferred} and ${preferred + 99}`);
}

async function waitUntil(folder: string, probe: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await probe().catch(() => false))) {
    if ((await findRunning(folder)) === null || Date.now() > deadline) {
      const log = await readFile(join(folder, 'server.log'), 'utf8');
      throw new Error(`the server in ${folder} does not answer:\n${log.slice(-2000)}`);
    }
    await sleep(50);
  }
}
