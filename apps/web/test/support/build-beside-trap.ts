import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/*
 * Builds the site where a trap stands for the Redis and the MySQL of production, and fails if something connects to it.
 */
let connections = 0;
const trap = createServer((socket) => {
  connections += 1;
  socket.destroy();
}).listen(0, '127.0.0.1');
await once(trap, 'listening');
const { port } = trap.address() as AddressInfo;
process.env.DATABASE_URL = `mysql://nobody@127.0.0.1:${port}/none`;
process.env.REDIS_URL = `redis://127.0.0.1:${port}`;

await import('../../scripts/build.ts');

trap.close();
if (connections > 0) {
  console.error(`The build opened ${connections} connections to Redis or MySQL.`);
  process.exitCode = 1;
}
