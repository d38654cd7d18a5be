import { randomInt } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';

const FIRST = 12_000;
const LAST = 16_999;
/** Who listens this much higher has the port. */
const CLAIM = 5_000;
/** Where Redis has the bus of its cluster. */
const BUS = 10_000;

/**
 * A TCP port on 127.0.0.1 that is free now, between 12000 and 16999, and that nobody else is given as long as this
 * process lives: what is started on it may take its time to listen. Below the range from which systems take the ports
 * of outgoing connections, so that a server that is killed can come back on its own port.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(FIRST, LAST + 1);
    const claim = await listen(port + CLAIM);
    if (claim === null) continue;
    claim.unref();
    if ((await canListen(port)) && (await canListen(port + BUS))) return port;
    claim.close();
  }
  throw new Error(`no free port on 127.0.0.1 between ${FIRST} and ${LAST}`);
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export async function canListen(port: number): Promise<boolean> {
  const server = await listen(port);
  return new Promise((resolve) => {
    if (server === null) resolve(false);
    else server.close(() => resolve(true));
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

/** Null where somebody else does. */
function listen(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
