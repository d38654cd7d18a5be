import { createBreaker } from './breaker.ts';
import { createConnection } from './connection.ts';
import { type ConnectionState, judge } from './health.ts';
import { createQuietLog, type Log } from './quiet-log.ts';
import { describeTarget, type RedisSettings } from './settings.ts';
import type { Health, RedisConnection } from './types.ts';
import { whenReady } from './when-ready.ts';

/** The connections of one process to one Redis, one per purpose. None is opened before its first use. */
export interface RedisPool {
  /** For everything that answers at once. Guarded by a breaker. */
  readonly data: RedisConnection;
  /** For one blocking reader, which would hold up everything behind it. */
  readonly log: RedisConnection;
  /**
   * Opens all connections now. Never rejects: `health()` tells why it did not work, and they go on trying.
   *
   * @param timeoutMs How long to wait for them to be ready. Default 2,000.
   * @returns Whether they are.
   */
  connect(options?: { readonly timeoutMs?: number }): Promise<boolean>;
  health(): Health;
  /** Closes them for good, at once; what is unanswered rejects with `ERR_REDIS_UNAVAILABLE`. Idempotent. */
  close(): Promise<void>;
}

export interface RedisPoolOptions {
  /** Names the pool in log lines and in the server's list of clients: letters, digits, `-`. */
  readonly name: string;
  /** Gets single lines without secrets, at most one per cause in 30 s. */
  readonly log: Log;
}

const CONNECT_MS = 2_000;

export function createRedis(settings: RedisSettings, { name, log }: RedisPoolOptions): RedisPool {
  const quiet = createQuietLog(log, `redis ${name}`);
  const target = describeTarget(settings);
  let status: Health['status'] = 'down';
  let changedMs = performance.now();

  const breaker = createBreaker({
    onChange(state) {
      // A lost connection opens it too, and has been written about.
      if (state === 'open' && data.ready) {
        quiet.warn('breaker', `${target} answers too slowly or not at all; for a moment it is not asked.`);
      }
      update();
    },
  });
  const data = connect('data');
  const reader = connect('log');

  function connect(purpose: 'data' | 'log') {
    return createConnection({
      settings,
      connectionName: `${name}:${purpose}`,
      breaker: purpose === 'data' ? breaker : null,
      onReady: update,
      onDown(why) {
        if (why.cause !== 'closed') quiet.warn(why.cause, `${why.sentence} Going on without it for now.`);
        update();
      },
    });
  }

  function judgeAll() {
    const states: ConnectionState[] = [
      { purpose: 'data', failure: data.failure, breaker: breaker.state },
      { purpose: 'log', failure: reader.failure, breaker: 'closed' },
    ];
    return judge(states);
  }

  function update() {
    const next = judgeAll().status;
    if (next === status) return;
    status = next;
    changedMs = performance.now();
    if (next === 'ready') quiet.recovered(`connected to ${target}.`);
  }

  return {
    data,
    log: reader,
    async connect({ timeoutMs = CONNECT_MS } = {}) {
      const both = [data, reader];
      for (const each of both) each.start();
      await Promise.all(both.map((each) => whenReady(each, timeoutMs)));
      return both.every(({ ready }) => ready);
    },
    health: () => ({ ...judgeAll(), breaker: breaker.state, sinceMs: performance.now() - changedMs }),
    async close() {
      data.close();
      reader.close();
      update();
    },
  };
}
