import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { createGuardedFolder, removeGuardedFolder } from '../guardian/guardian.ts';
import type { RedisShare, RunServers } from './run-servers.ts';

export interface Broker {
  readonly socketPath: string;
  stop(): Promise<void>;
}

/** Hands out the servers of one run to its worker processes, over a Unix socket that only this user can reach. */
export async function startBroker(servers: RunServers): Promise<Broker> {
  const folder = await createGuardedFolder('broker');
  const socketPath = join(folder, 's');
  const server = createServer((incoming, response) => {
    const answer = incoming.url === '/redis' ? servers.shareRedis() : servers.createDatabase();
    answer.then(
      (value) => response.end(JSON.stringify(value)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return {
    socketPath,
    async stop() {
      server.close();
      server.closeAllConnections();
      await removeGuardedFolder(folder);
    },
  };
}

/** The other end, in a worker: the same servers through the socket. */
export function connectToBroker(socketPath: string): Pick<RunServers, 'shareRedis' | 'createDatabase'> {
  return {
    shareRedis: async () => (await ask(socketPath, '/redis')) as RedisShare,
    createDatabase: async () => (await ask(socketPath, '/database')) as string,
  };
}

function ask(socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, path, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(body));
      });
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}
