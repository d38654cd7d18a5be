import { copyFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../free-port.ts';
import { createGuardedFolder, removeGuardedFolder } from '../guardian/guardian.ts';
import { awaitReady } from '../programs/await-ready.ts';
import { REDIS } from '../programs/catalogue.ts';
import { type Launched, launch } from '../programs/launch.ts';
import { requireSource, type Source } from '../programs/source.ts';
import { type Certificate, createCertificate } from './certificate.ts';
import { type Hardened, readHardened, type User } from './hardened.ts';
import { type RedisAddress, sendRedisCommand } from './redis-command.ts';
import { type RedisConfig, renderRedisConfig } from './redis-config.ts';
import { urlAs, variablesOf } from './redis-url.ts';
import { UNHARDENED, type UnhardenedReason } from './unhardened.ts';

export interface StartRedisOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Of `default`; hardened servers have their users' instead. Default: no password. */
  readonly password?: string;
  /** Lines of redis.conf that override the defaults (no snapshots, no append-only file). An array repeats a line. */
  readonly config?: RedisConfig;
  /** Files of redis.conf's format that precede everything else. */
  readonly include?: readonly string[];
  /** Speak TLS only, with a certificate made for this server; hardened ones have the run's. Default false. */
  readonly tls?: boolean;
  /** Whose rights clients have, when the tests run against hardened servers. Default `cache`. */
  readonly user?: 'cache' | 'sessions';
  /** Why this server is not like the others when the tests run against hardened ones. Default: it is. */
  readonly unhardened?: UnhardenedReason;
  readonly replicaOf?: RedisAddress;
  /** Start as a sentinel; its directives go into `config`. Default false. */
  readonly sentinel?: boolean;
  /** Start as a node of a cluster, without slots; `startRedisCluster` assigns them. Default false. */
  readonly cluster?: boolean;
}

export interface RedisServer {
  readonly url: string;
  /** For a test of sessions on a server that others use for the cache: with the rights that sessions have. */
  readonly sessionsUrl: string;
  /** For the test itself, which may do everything. */
  readonly adminUrl: string;
  /** For a site that has its cache and its sessions here. */
  readonly variables: Readonly<Record<string, string>>;
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Who clients are; undefined for Redis's own `default`. */
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The authority to trust, as PEM; undefined without TLS. */
  readonly tlsCa: string | undefined;
  readonly dataDir: string;
  /** Undefined while it is not running, and in a container. */
  readonly pid: number | undefined;
  /** One command on a connection of its own, not through the client under test. */
  command(...args: string[]): Promise<unknown>;
  /** Resolves when the process is gone (SIGKILL, SIGTERM) or the signal is sent (SIGSTOP, SIGCONT). */
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /**
   * Starts the server again on its port, ending it first when it runs. `keepData` saves before that; a server
   * that was killed before comes back with what is on its disk. `snapshot` (a path from `saveSnapshot`)
   * replaces the data. Default: empty.
   */
  restart(options?: { readonly keepData?: boolean; readonly snapshot?: string }): Promise<void>;
  /** Writes the data to a file beside `dataDir`'s own and returns its path, for `restart`. */
  saveSnapshot(): Promise<string>;
  /** Ends the server and removes its data. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a Redis of the caller's own on 127.0.0.1, which may be broken at will. Takes about 50 ms. */
export async function startRedis(options: StartRedisOptions = {}): Promise<RedisServer> {
  const source = await requireSource(REDIS);
  const port = options.port ?? (await findFreePort());
  const dataDir = await createGuardedFolder('redis');
  const { sentinel = false, cluster = false } = options;
  const hardened = hardenedFor(options, source);
  const certificate = hardened?.certificate ?? (options.tls ? await createCertificate() : undefined);
  const { user, admin, password } = whoMayUse(options, hardened);
  const address: RedisAddress = {
    port,
    password: admin?.password ?? password,
    username: admin?.name,
    tlsCa: certificate?.certPem,
  };
  const hostNetwork = sentinel || cluster || options.replicaOf !== undefined;
  const configFile = join(dataDir, 'redis.conf');
  const bind = source.kind === 'docker' && !hostNetwork ? '0.0.0.0' : '127.0.0.1';
  if (certificate) await writeCertificate(dataDir, certificate);
  if (hardened) await writeFile(join(dataDir, 'users.acl'), hardened.acl, { mode: 0o600 });
  const text = renderRedisConfig({
    ...options,
    password,
    ...(hardened === undefined ? {} : { tls: true, hardened }),
    port,
    dataDir,
    bind,
  });
  await writeFile(configFile, text, { mode: 0o600 });

  let server: Launched | undefined;
  let snapshots = 0;

  async function start(): Promise<void> {
    const launched = await launch({
      source,
      args: [configFile, ...(sentinel ? ['--sentinel'] : [])],
      containerCommand: ['redis-server'],
      dataDir,
      logFile: join(dataDir, 'server.log'),
      port,
      hostNetwork,
    });
    server = launched;
    void launched.exited.then(() => {
      if (server === launched) server = undefined;
    });
    await awaitReady(launched, () => answersPing(address), { title: 'Redis', timeoutMs: 15_000 });
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    const current = server;
    if (current === undefined) return;
    await current.signal(signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM') await current.exited;
  }

  async function restart({ keepData = false, snapshot = '' } = {}): Promise<void> {
    if (server !== undefined && keepData) {
      await kill('SIGCONT');
      await sendRedisCommand(address, ['SAVE']);
    }
    await kill('SIGKILL');
    if (!keepData) await removeData(dataDir);
    if (snapshot !== '') await copyFile(snapshot, join(dataDir, 'dump.rdb'));
    await start();
  }

  async function saveSnapshot(): Promise<string> {
    await sendRedisCommand(address, ['SAVE']);
    const file = join(dataDir, `snapshot-${++snapshots}.rdb`);
    await copyFile(join(dataDir, 'dump.rdb'), file);
    return file;
  }

  async function stop(): Promise<void> {
    await kill('SIGKILL');
    await removeGuardedFolder(dataDir);
  }

  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }

  const nobody = { name: '', password: password ?? '' };
  const urlFor = (someone: User = nobody) =>
    urlAs(`${certificate ? 'rediss' : 'redis'}://127.0.0.1:${port}`, someone);
  const [url, sessionsUrl] = [urlFor(user), urlFor(hardened?.sessions)];
  return {
    url,
    sessionsUrl,
    variables: variablesOf({ url, sessionsUrl }),
    adminUrl: urlFor(admin),
    host: '127.0.0.1',
    port,
    username: user?.name,
    password: user?.password ?? password,
    tlsCa: certificate?.certPem,
    dataDir,
    get pid() {
      return server?.pid;
    },
    command: (...args) => sendRedisCommand(address, args),
    kill,
    restart,
    saveSnapshot,
    stop,
  };
}

function hardenedFor({ unhardened }: StartRedisOptions, { kind }: Source): Hardened | undefined {
  if (unhardened !== undefined && UNHARDENED[unhardened].without === 'users and TLS') return undefined;
  const hardened = readHardened();
  if (hardened && kind !== 'program')
    throw new Error('Hardened servers need redis-server itself, no container.');
  return hardened;
}

interface Access {
  readonly user?: User;
  readonly admin?: User;
  /** Of `default`. */
  readonly password?: string | undefined;
}

/** Who the code under test is, and who the test is. Sentinels have no users here, but a password: that of the site. */
function whoMayUse(options: StartRedisOptions, hardened: Hardened | undefined): Access {
  if (hardened === undefined) return { password: options.password };
  if (options.sentinel) return { password: hardened.cache.password };
  const { admin } = hardened;
  return { user: options.unhardened ? admin : hardened[options.user ?? 'cache'], admin };
}

async function answersPing(address: RedisAddress): Promise<boolean> {
  return (await sendRedisCommand(address, ['PING'])) === 'PONG';
}

async function writeCertificate(dataDir: string, { certPem, keyPem }: Certificate): Promise<void> {
  await writeFile(join(dataDir, 'server.crt'), certPem);
  await writeFile(join(dataDir, 'server.key'), keyPem, { mode: 0o600 });
}

/** Everything Redis itself wrote: snapshots that `saveSnapshot` made stay. */
async function removeData(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name === 'dump.rdb' || name.startsWith('appendonly')) {
      await rm(join(dataDir, name), { recursive: true, force: true });
    }
  }
}
