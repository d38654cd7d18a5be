import { dirname, join } from 'node:path';
import { canConnect } from '../free-port.ts';
import { awaitReady } from '../programs/await-ready.ts';
import { REDIS } from '../programs/catalogue.ts';
import { launch } from '../programs/launch.ts';
import { requireSource } from '../programs/source.ts';

export interface ConfiguredRedis {
  readLog(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a Redis with a configuration file as it is, which listens on `port`. */
export async function startConfiguredRedis(configFile: string, port: number): Promise<ConfiguredRedis> {
  const folder = dirname(configFile);
  const server = await launch({
    source: await requireSource(REDIS),
    args: [configFile],
    containerCommand: ['redis-server'],
    dataDir: folder,
    logFile: join(folder, `server-${port}.log`),
    port,
    hostNetwork: true,
  });
  await awaitReady(server, () => canConnect(port), { title: 'Redis', timeoutMs: 15_000 });
  return {
    readLog: server.readLog,
    async stop() {
      await server.signal('SIGKILL');
      await server.exited;
    },
  };
}
