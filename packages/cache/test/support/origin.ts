import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { poll } from '@tbi/testing';

/**
 * The "database" that processes compute from: a versioned register per key, in the process of the test, which so knows
 * when each computation began, how many there were, and can hold them where it wants.
 */
export interface Origin {
  readonly url: string;
  /** Reads of all keys, or of one, so far. */
  reads(key?: string): number;
  /** The version of a key now. Keys begin at 1. */
  version(key: string): number;
  /** The version that a key had at a time (ms since 1970). */
  versionAt(key: string, ms: number): number;
  write(key: string): number;
  /** From now on reads of this key take their value but are not answered until the hold is released. */
  hold(key: string): Hold;
  /** Answers at most `reads` at a time, each after `latencyMs`; the others wait in line. Default: no limit. */
  limit(limits: { readonly reads: number; readonly latencyMs: number }): void;
  stop(): Promise<void>;
}

export interface Hold {
  /** Resolves when so many reads are held. Default 1. */
  arrived(reads?: number): Promise<void>;
  release(): void;
}

interface Change {
  readonly version: number;
  readonly atMs: number;
}

const FIRST: Change = { version: 1, atMs: 0 };

/** `GET /key` answers the version of the key, `POST /key` writes it and answers the new one. */
export async function startOrigin(): Promise<Origin> {
  const changes = new Map<string, Change[]>();
  const counts = new Map<string, number>();
  const held = new Map<string, (() => void)[]>();
  const waiting: (() => void)[] = [];
  let limits = { reads: Number.POSITIVE_INFINITY, latencyMs: 0 };
  let running = 0;

  const historyOf = (key: string) => changes.get(key) ?? [FIRST];
  const version = (key: string) => historyOf(key).at(-1)?.version ?? FIRST.version;

  function write(key: string): number {
    const next = { version: version(key) + 1, atMs: Date.now() };
    changes.set(key, [...historyOf(key), next]);
    return next.version;
  }

  function read(key: string, answer: (version: number) => void) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
    inTurn(() => {
      const seen = version(key);
      const line = held.get(key);
      if (line === undefined) setTimeout(() => answer(seen), limits.latencyMs);
      else line.push(() => answer(seen));
    });
  }

  function inTurn(start: () => void) {
    if (running >= limits.reads) {
      waiting.push(start);
      return;
    }
    running += 1;
    start();
  }

  function endTurn() {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  function reply(response: ServerResponse, body: number) {
    response.end(String(body));
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const key = decodeURIComponent((request.url ?? '/').slice(1));
    if (request.method === 'POST') reply(response, write(key));
    else
      read(key, (seen) => {
        endTurn();
        reply(response, seen);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reads: (key) =>
      key === undefined ? [...counts.values()].reduce((a, b) => a + b, 0) : (counts.get(key) ?? 0),
    version,
    versionAt: (key, ms) => historyOf(key).findLast((change) => change.atMs <= ms)?.version ?? FIRST.version,
    write,
    hold(key) {
      const line: (() => void)[] = [];
      held.set(key, line);
      return {
        arrived: async (reads = 1) => {
          await poll(() => line.length >= reads, { what: `${reads} reads of ${key}`, timeoutMs: 15_000 });
        },
        release() {
          held.delete(key);
          for (const answer of line) answer();
        },
      };
    },
    limit(next) {
      limits = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
