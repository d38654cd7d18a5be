import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../free-port.ts';
import { createGuardedFolder, removeGuardedFolder } from '../guardian/guardian.ts';
import { awaitReady } from '../programs/await-ready.ts';
import { MARIADB } from '../programs/catalogue.ts';
import { type Launched, launch } from '../programs/launch.ts';
import { requireSource } from '../programs/source.ts';
import { createDatabase } from './databases.ts';
import { execute } from './execute.ts';
import { prepareMariadb } from './prepare-mariadb.ts';

export interface MariadbServer {
  /** A user who may do everything, without a database. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Undefined while it is not running, and in a container. */
  readonly pid: number | undefined;
  /** Creates an empty utf8mb4 database, replacing one of this name, and returns its URL. */
  createDatabase(name: string): Promise<string>;
  /** Resolves when the process is gone (SIGKILL, SIGTERM) or the signal is sent (SIGSTOP, SIGCONT). */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts it again on its port and with its data, ending it first when it runs. */
  restart(): Promise<void>;
  /** Ends the server and removes its data. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a MariaDB (or MySQL) of the caller's own on 127.0.0.1. Takes one to three seconds. */
export async function startMariadb(): Promise<MariadbServer> {
  const source = await requireSource(MARIADB);
  const port = await findFreePort();
  const folder = await createGuardedFolder('mariadb');
  const user = 'tbi';
  const password = randomBytes(16).toString('hex');
  const prepared = await prepareMariadb({ source, folder, port, user, password });
  const url = `mysql://${user}:${password}@127.0.0.1:${port}/`;

  let server: Launched | undefined;

  async function start(): Promise<void> {
    const launched = await launch({
      source,
      args: prepared.args,
      containerEnv: prepared.containerEnv,
      dataDir: folder,
      logFile: join(folder, 'server.log'),
      port,
    });
    server = launched;
    void launched.exited.then(() => {
      if (server === launched) server = undefined;
    });
    await awaitReady(launched, () => execute(url, 'SELECT 1').then(() => true), {
      title: 'The database server',
      timeoutMs: 60_000,
    });
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    const current = server;
    if (current === undefined) return;
    await current.signal(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await current.exited;
  }

  async function stop(): Promise<void> {
    await kill('SIGKILL');
    await removeGuardedFolder(folder);
  }

  try {
    await writeFile(prepared.initFile, prepared.initSql, { mode: 0o600 });
    await start();
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    url,
    port,
    dataDir: folder,
    get pid() {
      return server?.pid;
    },
    createDatabase: (name) => createDatabase(url, name),
    kill,
    async restart() {
      await kill('SIGTERM');
      await start();
    },
    stop,
  };
}
