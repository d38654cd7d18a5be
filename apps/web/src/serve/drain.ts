import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface DrainOptions {
  /**
   * How long idle connections stay open after the end has begun, in ms: longer than the proxy in front keeps them.
   * Closing one at once could meet a request that is on its way, and fail it.
   */
  readonly idleMs: number;
  /** When everything that is still under way is cut off, in ms. */
  readonly limitMs: number;
}

export interface Drain {
  /** Every request goes through it, before anybody answers it. */
  track(request: IncomingMessage, response: ServerResponse): void;
  /** No new connections; requests are answered, each the last of its connection. Resolves when all is over. */
  end(options: DrainOptions): Promise<void>;
}

/** Ends a server without failing a request that a client has sent, or may be about to send. */
export function createDrain(server: Server): Drain {
  const busy = new Map<Socket, number>();
  const responses = new Set<ServerResponse>();
  const open = new Set<Socket>();
  let ending = false;
  let idleOver = false;

  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      busy.delete(socket);
    });
  });

  function track({ socket }: IncomingMessage, response: ServerResponse) {
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    responses.add(response);
    if (ending) response.shouldKeepAlive = false;
    response.once('close', () => {
      responses.delete(response);
      const left = (busy.get(socket) ?? 1) - 1;
      if (left > 0) busy.set(socket, left);
      else busy.delete(socket);
      if (idleOver && left <= 0) socket.end();
    });
  }

  return {
    track,
    end({ idleMs, limitMs }) {
      ending = true;
      for (const response of responses) response.shouldKeepAlive = false;
      return new Promise((resolve) => {
        const idle = setTimeout(() => {
          idleOver = true;
          for (const socket of open) if (!busy.has(socket)) socket.end();
        }, idleMs);
        const limit = setTimeout(() => {
          for (const socket of open) socket.destroy();
        }, limitMs);
        stopListening(server, () => {
          clearTimeout(idle);
          clearTimeout(limit);
          resolve();
        });
      });
    },
  };
}

/** `http.Server.close` would close idle connections at once; that of `net.Server` leaves them open. */
function stopListening(server: Server, done: () => void): void {
  const closeIdleConnections = server.closeIdleConnections;
  server.closeIdleConnections = () => {};
  server.close(done);
  server.closeIdleConnections = closeIdleConnections;
}
