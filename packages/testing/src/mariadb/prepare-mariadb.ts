import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { startGuarded } from '../guardian/guardian.ts';
import { findProgram } from '../programs/find-program.ts';
import type { Source } from '../programs/source.ts';

const run = promisify(execFile);

export interface PrepareMariadbOptions {
  readonly source: Source;
  /** Holds the data, the socket and the log. */
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Whether a commit waits for the disk. Default false: the data of a test does not outlive it. */
  readonly durable?: boolean;
  /** A path of at most 100 bytes. Default: in `folder`. */
  readonly socket?: string;
}

export interface PreparedMariadb {
  readonly args: readonly string[];
  readonly containerEnv: Readonly<Record<string, string>>;
  /** Statements that the server runs at every start, before it accepts connections. */
  readonly initSql: string;
  readonly initFile: string;
}

/** Creates the system tables, unless they exist or the image does it, and works out how to start the server. */
export async function prepareMariadb(options: PrepareMariadbOptions): Promise<PreparedMariadb> {
  const { source, folder, port, user, password, durable = false } = options;
  const dataDir = join(folder, 'data');
  const initFile = join(folder, 'init.sql');
  const inContainer = source.kind === 'docker';
  const isMysql = source.kind === 'program' && !(await isMariadb(source.path));
  if (source.kind === 'docker') await mkdir(dataDir, { recursive: true });
  else if (!existsSync(dataDir)) await initialise(source.path, folder, isMysql);

  const host = inContainer ? '%' : '127.0.0.1';
  return {
    args: [
      // Must come first: the machine's own configuration is not for this server.
      ...(inContainer ? [] : ['--no-defaults', ...asRoot()]),
      `--datadir=${dataDir}`,
      `--init-file=${initFile}`,
      `--port=${port}`,
      `--bind-address=${inContainer ? '0.0.0.0' : '127.0.0.1'}`,
      `--socket=${options.socket ?? join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'server.pid')}`,
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--skip-name-resolve',
      '--max-connections=300',
      `--innodb-flush-log-at-trx-commit=${durable ? 1 : 0}`,
      '--innodb-buffer-pool-size=64M',
      '--performance-schema=OFF',
      ...(isMysql ? ['--mysqlx=OFF', '--skip-log-bin'] : []),
    ],
    containerEnv: { MARIADB_RANDOM_ROOT_PASSWORD: '1' },
    initFile,
    initSql: initialStatements(`'${user}'@'${host}'`, quote(password), inContainer),
  };
}

function initialStatements(account: string, password: string, inContainer: boolean): string {
  const statements = [
    `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY ${password}`,
    // It may have another one from an earlier start on the same data.
    `ALTER USER ${account} IDENTIFIED BY ${password}`,
    `GRANT ALL PRIVILEGES ON *.* TO ${account} WITH GRANT OPTION`,
  ];
  if (!inContainer) {
    // The accounts that initialising leaves without a password are open to everybody on this machine.
    statements.push(`ALTER USER 'root'@'localhost' IDENTIFIED BY ${password}`);
    statements.push("DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1'");
  }
  return statements.map((statement) => `${statement};\n`).join('');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

async function isMariadb(path: string): Promise<boolean> {
  const { stdout } = await run(path, ['--version']);
  return stdout.includes('MariaDB');
}

async function initialise(server: string, folder: string, isMysql: boolean): Promise<void> {
  const dataDir = `--datadir=${join(folder, 'data')}`;
  if (isMysql) {
    await runInstaller(server, ['--no-defaults', '--initialize-insecure', dataDir, ...asRoot()], folder);
    return;
  }
  const installer = await findProgram([
    join(dirname(server), '..', 'bin', 'mariadb-install-db'),
    'mariadb-install-db',
    'mysql_install_db',
  ]);
  if (installer === null) {
    throw new Error(`${server} is installed, but not mariadb-install-db, which belongs to it`);
  }
  const passwordless = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  await runInstaller(installer, ['--no-defaults', dataDir, ...passwordless, ...asRoot()], folder);
}

/** Under the guardian, because an installer that outlives an interrupted run would leave its files behind. */
async function runInstaller(command: string, args: readonly string[], folder: string): Promise<void> {
  const logFile = join(folder, 'install.log');
  const installer = await startGuarded({ command, args, logFile });
  const { code } = await installer.exited;
  if (code !== 0) throw new Error(`${command} failed (${code}):\n${await readFile(logFile, 'utf8')}`);
}

/** Both servers refuse to run as root unless they are told to. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}
