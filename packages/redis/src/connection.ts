import type { Breaker, CallOutcome } from './breaker.ts';
import { awaitWithin } from './deadline.ts';
import { firstWord, type RedisError, redisError, replyError } from './errors.ts';
import { type Failure, failure } from './failure.ts';
import { keepConnected } from './keep-connected.ts';
import type { Link } from './link.ts';
import { createOverdueWatch } from './overdue-watch.ts';
import { toReply } from './reply.ts';
import { callScript } from './script-calls.ts';
import { DEFAULT_COMMAND_TIMEOUT_MS, type RedisSettings } from './settings.ts';
import type { CommandOptions, RedisConnection, RedisReply } from './types.ts';

export interface ManagedConnection extends RedisConnection {
  /** Why there is no connection; null while there is one. */
  readonly failure: Failure | null;
  /** Begins to connect, if nothing has yet. */
  start(): void;
  /** Rejects what is unanswered. Idempotent. */
  close(): void;
}

export interface ConnectionOptions {
  readonly settings: RedisSettings;
  readonly connectionName: string;
  /** Null: none. For a single background caller, which would only notice later that the server is back. */
  readonly breaker: Breaker | null;
  onReady(): void;
  onDown(why: Failure): void;
}

/** Answers by which a server says that it cannot serve now, whatever the command. */
const CANNOT_SERVE = new Set(['BUSY', 'CLUSTERDOWN', 'LOADING', 'MASTERDOWN', 'READONLY']);
/** A server that became a replica is left at once, one that always was a replica not again and again. */
const LEAVE_REPLICA_AFTER_MS = 5_000;

export function createConnection(options: ConnectionOptions): ManagedConnection {
  const { settings, breaker } = options;
  const deadlineMs = settings.commandTimeoutMs ?? DEFAULT_COMMAND_TIMEOUT_MS;
  const listeners = new Set<() => void>();
  let generation = 0;
  let lastAnswerMs = Number.NEGATIVE_INFINITY;

  const kept = keepConnected({
    settings,
    connectionName: options.connectionName,
    onReady() {
      generation += 1;
      breaker?.probeSoon();
      options.onReady();
      for (const listener of listeners) queueMicrotask(listener);
    },
    onDown(why) {
      overdue.clear();
      options.onDown(why);
    },
  });
  const overdue = createOverdueWatch(() => kept.current?.leaveSilent());

  async function call(
    label: string,
    { timeoutMs = deadlineMs, ignoreBreaker = false }: CommandOptions,
    send: (link: Link, isLate: () => boolean) => Promise<unknown>,
  ): Promise<RedisReply> {
    kept.start();
    const link = kept.current;
    if (link === null) throw redisError('ERR_REDIS_UNAVAILABLE', `Redis: ${kept.failure.sentence}`);
    const settle = breaker ? breaker.admit(ignoreBreaker) : () => {};
    if (settle === null) {
      throw redisError('ERR_REDIS_BREAKER_OPEN', `${label} was not sent: Redis did not answer lately.`);
    }
    const sentMs = performance.now();
    let late = false;
    const sent = send(link, () => late).then(toReply);
    const answer = await awaitWithin(sent, timeoutMs);
    if (answer.kind === 'late') {
      late = true;
      settle(lastAnswerMs < sentMs ? 'silent' : 'failed');
      if (link === kept.current) overdue.add(sent);
      throw redisError('ERR_REDIS_DEADLINE', `Redis did not answer ${label} within ${timeoutMs} ms.`);
    }
    if (answer.kind === 'answered') {
      lastAnswerMs = performance.now();
      settle(answer.slow ? 'slow' : 'ok');
      return answer.value;
    }
    const { error, outcome } = interpret(label, link, answer.error);
    settle(outcome === 'ok' && answer.slow ? 'slow' : outcome);
    throw error;
  }

  function interpret(label: string, link: Link, raw: unknown): { error: RedisError; outcome: CallOutcome } {
    if (!(raw instanceof Error) || raw.name !== 'ReplyError') {
      const error = redisError(
        'ERR_REDIS_UNAVAILABLE',
        `The connection was lost before Redis answered ${label}.`,
      );
      return { error, outcome: 'failed' };
    }
    lastAnswerMs = performance.now();
    const reply = firstWord(raw.message);
    if (reply === 'READONLY' && performance.now() - kept.readySinceMs > LEAVE_REPLICA_AFTER_MS) {
      kept.replace(link, failure('became-replica', settings));
    }
    return { error: replyError(label, raw.message), outcome: CANNOT_SERVE.has(reply) ? 'failed' : 'ok' };
  }

  return {
    command: (name, args, callOptions = {}) => call(name, callOptions, (link) => link.send(name, args)),
    script: (script, keys, args, callOptions = {}) =>
      call(`the script "${script.name}"`, callOptions, (link, isLate) =>
        callScript(link, script, keys, args, isLate),
      ),
    get generation() {
      return generation;
    },
    get ready() {
      return kept.current !== null;
    },
    cluster: settings.mode === 'cluster',
    onReady(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get failure() {
      return kept.current === null ? kept.failure : null;
    },
    start: kept.start,
    close: kept.close,
  };
}
