import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the fixtures' pages get their values from: a server that can hold an answer back or refuse it. */
export interface Source {
  readonly url: string;
  /** Default for every name: `<name>-1`. */
  setValue(name: string, value: string): void;
  /** While true, answers 500. */
  setFailing(name: string, failing: boolean): void;
  /** How often a name was asked for. */
  countOf(name: string): number;
  /** Holds the next answer back. Its value is the one at the moment when it was asked for. */
  hold(name: string): { readonly asked: Promise<void>; release(): void };
  close(): Promise<void>;
}

interface Latch {
  readonly ask: () => void;
  readonly released: Promise<void>;
}

export async function startSource(): Promise<Source> {
  const values = new Map<string, string>();
  const failing = new Set<string>();
  const counts = new Map<string, number>();
  const latches = new Map<string, Latch>();

  const server = createServer(async (request, response) => {
    const name = (request.url ?? '/').slice(1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const status = failing.has(name) ? 500 : 200;
    const value = values.get(name) ?? `${name}-1`;
    const latch = latches.get(name);
    latches.delete(name);
    latch?.ask();
    await latch?.released;
    response.writeHead(status).end(value);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setValue: (name, value) => void values.set(name, value),
    setFailing: (name, isFailing) => void (isFailing ? failing.add(name) : failing.delete(name)),
    countOf: (name) => counts.get(name) ?? 0,
    hold(name) {
      const asked = withResolvers();
      const released = withResolvers();
      latches.set(name, { ask: asked.resolve, released: released.promise });
      return { asked: asked.promise, release: released.resolve };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
