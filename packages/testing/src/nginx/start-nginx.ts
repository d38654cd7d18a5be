import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canConnect } from '../free-port.ts';
import { createGuardedFolder, removeGuardedFolder } from '../guardian/guardian.ts';
import { awaitReady } from '../programs/await-ready.ts';
import { NGINX } from '../programs/catalogue.ts';
import { launch } from '../programs/launch.ts';
import { requireSource } from '../programs/source.ts';

export interface StartNginxOptions {
  /** What belongs into the http block. It listens on `port` at least. */
  readonly site: string;
  readonly port: number;
}

export interface NginxServer {
  readonly pid: number | undefined;
  readLogs(): Promise<string>;
  stop(): Promise<void>;
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Starts an Nginx of the caller's own, with its files in a temporary folder. Rejects with what `nginx -t` says. */
export async function startNginx({ site, port }: StartNginxOptions): Promise<NginxServer> {
  const source = await requireSource(NGINX);
  const folder = await createGuardedFolder('nginx');
  const config = join(folder, 'nginx.conf');
  const logFile = join(folder, 'server.log');
  const errorLog = join(folder, 'error.log');
  await mkdir(join(folder, 'temporary'));
  await writeFile(join(folder, 'site.conf'), site);
  await writeFile(
    config,
    [
      // As root, its workers would be somebody who may not read the folders of tests.
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      'daemon off;',
      'worker_processes 1;',
      `pid ${join(folder, 'nginx.pid')};`,
      `error_log ${errorLog} info;`,
      'events { worker_connections 1024; }',
      'http {',
      'types { text/html html; text/css css; application/javascript js; font/woff2 woff2; text/plain txt; }',
      'default_type application/octet-stream;',
      `access_log ${join(folder, 'access.log')};`,
      ...TEMPORARY.map((name) => `${name}_temp_path ${join(folder, 'temporary', name)};`),
      `include ${join(folder, 'site.conf')};`,
      '}',
    ].join('\n'),
  );
  const readLogs = async () => {
    const texts = [logFile, errorLog].map((file) => readFile(file, 'utf8').catch(() => ''));
    return (await Promise.all(texts)).join('\n');
  };
  const server = await launch({
    source,
    args: ['-p', folder, '-e', errorLog, '-c', config],
    dataDir: folder,
    logFile,
    port,
  });
  try {
    await awaitReady(server, () => canConnect(port), { title: 'Nginx', timeoutMs: 10_000 });
  } catch (error) {
    await removeGuardedFolder(folder);
    throw error;
  }
  return {
    pid: server.pid,
    readLogs,
    async stop() {
      await server.signal('SIGTERM');
      await server.exited;
      await removeGuardedFolder(folder);
    },
  };
}
