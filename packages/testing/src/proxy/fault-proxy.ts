import { connect, createServer, type Socket } from 'node:net';
import { findFreePort } from '../free-port.ts';
import { type DirectionFaults, type FaultSource, pump } from './pump.ts';

export interface Faults {
  /**
   * What a new connection meets: `pass`; `refuse` (nobody listens); `reset` (closed at once);
   * `silence` (accepted, never answered, and never connected to the target). Default `pass`.
   */
  readonly connect?: 'pass' | 'refuse' | 'reset' | 'silence';
  /** From the client to the target. */
  readonly up?: DirectionFaults;
  /** From the target to the client. */
  readonly down?: DirectionFaults;
}

export interface FaultProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** The target's URL with this proxy's address. */
  readonly url: string;
  /** Connections that are open now. */
  readonly connections: number;
  /** Replaces all faults, for connections that exist too. */
  inject(faults: Faults): Promise<void>;
  /** No faults from now on; what was held back is delivered. */
  heal(): Promise<void>;
  /** Breaks every open connection with a reset. */
  resetConnections(): void;
  stop(): Promise<void>;
}

/** A TCP proxy on 127.0.0.1 whose faults can be switched while connections are open. `target` is a URL with a port. */
export async function startFaultProxy({ target }: { readonly target: string }): Promise<FaultProxy> {
  const targetUrl = new URL(target);
  const port = await findFreePort();
  const clients = new Map<Socket, Socket | null>();
  const up = createFaultSource();
  const down = createFaultSource();
  let onConnect: NonNullable<Faults['connect']> = 'pass';

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => {});
    if (onConnect === 'reset') {
      client.resetAndDestroy();
      return;
    }
    clients.set(client, null);
    client.once('close', () => clients.delete(client));
    if (onConnect === 'silence') {
      client.resume();
      return;
    }
    const upstream = connect({
      host: targetUrl.hostname,
      port: Number(targetUrl.port),
      allowHalfOpen: true,
      noDelay: true,
    });
    clients.set(client, upstream);
    const cut = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    upstream.on('error', cut);
    upstream.once('close', () => client.destroy());
    client.once('close', () => upstream.destroy());
    pump(client, upstream, up, cut);
    pump(upstream, client, down, cut);
  });

  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  // Resolves at once although connections are open: closing a server only ends the listening.
  const stopListening = () => server.close();

  function resetConnections(): void {
    for (const [client, upstream] of clients) {
      client.resetAndDestroy();
      upstream?.destroy();
    }
  }

  async function inject(faults: Faults): Promise<void> {
    onConnect = faults.connect ?? 'pass';
    up.set(faults.up ?? {});
    down.set(faults.down ?? {});
    if (onConnect === 'refuse' && server.listening) stopListening();
    if (onConnect !== 'refuse' && !server.listening) await listen();
  }

  await listen();
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    host: '127.0.0.1',
    port,
    url: url.href,
    get connections() {
      return clients.size;
    },
    inject,
    heal: () => inject({}),
    resetConnections,
    async stop() {
      if (server.listening) stopListening();
      up.set({});
      down.set({});
      for (const client of clients.keys()) client.destroy();
    },
  };
}

function createFaultSource(): FaultSource & { set(faults: DirectionFaults): void } {
  let faults: DirectionFaults = {};
  let bytesUntilCut = Number.POSITIVE_INFINITY;
  let wake = () => {};
  let change = new Promise<void>((resolve) => {
    wake = resolve;
  });
  return {
    set(next) {
      faults = next;
      bytesUntilCut = next.cutAfterBytes ?? Number.POSITIVE_INFINITY;
      wake();
      change = new Promise((resolve) => {
        wake = resolve;
      });
    },
    current: () => faults,
    admit(bytes) {
      const allowed = Math.min(bytes, bytesUntilCut);
      bytesUntilCut -= allowed;
      const cut = bytesUntilCut <= 0;
      // One cut per fault: the next connection works.
      if (cut) bytesUntilCut = Number.POSITIVE_INFINITY;
      return { allowed, cut };
    },
    changed: () => change,
  };
}
