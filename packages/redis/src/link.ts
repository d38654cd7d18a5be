import { Cluster } from 'ioredis';
import { type Client, connectLimitMs, createClient } from './client.ts';
import { leaveSilentNodes } from './cluster-nodes.ts';
import { redisError } from './errors.ts';
import { explain, type Failure, failure, isVague } from './failure.ts';
import { outsideRequests } from './outside-requests.ts';
import type { RedisSettings } from './settings.ts';
import type { RedisArgument } from './types.ts';
import { verifyConnection } from './verify-connection.ts';
import { watchFailover } from './watch-failover.ts';
import { createWriteTogether } from './write-together.ts';

/** One connection from its opening to its end. It is never opened again. */
export interface Link {
  /** Settles when the server answers or the link ends; it sets no deadline. Rejects with the client's own errors. */
  send(name: string, args: readonly RedisArgument[]): Promise<unknown>;
  /** Ends the link. What was sent and not answered is rejected at once. */
  drop(why: Failure): void;
  /** Answers are overdue: ends the link, or in a Cluster its connections to the nodes that do not answer. */
  leaveSilent(): void;
}

export interface LinkOptions {
  readonly settings: RedisSettings;
  readonly connectionName: string;
  /** Counts the attempts to connect. */
  readonly attempt: number;
  onReady(): void;
  /** Called once, with or without `onReady` before it. */
  onDown(why: Failure): void;
}

/** Connects, and checks that the server will do, within a limit of its own. */
export function openLink({ settings, connectionName, attempt, onReady, onDown }: LinkOptions): Link {
  const client: Client = createClient(settings, connectionName, attempt);
  const unanswered = new Set<(error: Error) => void>();
  // A Cluster connects to a node when a command first goes there, which must not be in the context of a request.
  const run = settings.mode === 'cluster' ? outsideRequests : inPlace;
  let down = false;
  let stopWatching = () => {};
  /** Why it ends, if it ends now. */
  let found = explain(undefined, settings);
  const limit = setTimeout(() => drop(failure('not-answering', settings)), connectLimitMs(settings));
  limit.unref();

  function drop(why: Failure) {
    if (down) return;
    down = true;
    clearTimeout(limit);
    stopWatching();
    client.disconnect();
    const lost = redisError('ERR_REDIS_UNAVAILABLE', `Redis: ${why.sentence}`);
    for (const reject of unanswered) reject(lost);
    unanswered.clear();
    onDown(why);
  }

  async function verify() {
    try {
      const why = await verifyConnection(client, settings);
      if (down) return;
      if (why !== null) return drop(isVague(why) ? found : why);
      clearTimeout(limit);
      found = failure('lost', settings);
      if (settings.mode === 'sentinel') {
        stopWatching = watchFailover(settings, connectionName, () => drop(failure('failover', settings)));
      }
      onReady();
    } catch (error) {
      drop(explain(error, settings));
    }
  }

  // The last error that says something: a client reports several for one reason, the vaguest last.
  function remember(error: unknown) {
    const why = explain(error, settings);
    if (!isVague(why)) found = why;
  }

  client.on('error', remember);
  client.on('node error', remember);
  client.once('ready', () => void verify());
  client.once('end', () => drop(found));
  // The events above tell the reason.
  client.connect().catch(() => {});

  const writeTogether = createWriteTogether(client);

  return {
    send(name, args) {
      return new Promise((resolve, reject) => {
        writeTogether();
        unanswered.add(reject);
        const settle = (how: () => void) => {
          unanswered.delete(reject);
          how();
        };
        run(() => client.callBuffer(name, [...args])).then(
          (value) => settle(() => resolve(value)),
          (error) => settle(() => reject(error)),
        );
      });
    },
    drop,
    leaveSilent() {
      const silent = failure('not-answering', settings);
      if (!(client instanceof Cluster)) return drop(silent);
      leaveSilentNodes(client).then((others) => {
        if (!others) drop(silent);
      });
    },
  };
}

const inPlace = <T>(run: () => T): T => run();
