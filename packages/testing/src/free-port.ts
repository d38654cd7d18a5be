import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * A TCP port on 127.0.0.1 that is free now, between 12000 and 21999. Below the range from which systems take
 * the ports of outgoing connections, so that a server that is killed can come back on its own port; and 10000
 * higher there is room for the cluster bus of Redis.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(12_000, 22_000);
    if ((await canListen(port)) && (await canListen(port + 10_000))) return port;
  }
  throw new Error('no free port on 127.0.0.1 between 12000 and 21999');
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether something accepts connections there. */
export function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
