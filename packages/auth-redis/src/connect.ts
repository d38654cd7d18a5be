import type { RedisArgument, RedisConnection, RedisReply, RedisScript } from '@tbi/redis';

const FIRST_CONNECTION_MS = 1_000;

export interface Scripts {
  /** Runs a script. Rejects with the connection's own errors (`ERR_REDIS_…`) when Redis is away. */
  run(script: RedisScript, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply>;
  command(name: string, args: readonly RedisArgument[]): Promise<RedisReply>;
}

/**
 * Calls over a connection that queues nothing. A process that has just started would refuse its first sign-ins, so the
 * first calls wait for the first connection, a second at most and only once.
 */
export function createScripts(redis: RedisConnection): Scripts {
  let first: Promise<void> | undefined;

  function connected(): Promise<void> {
    first ??= firstConnection(redis);
    return first;
  }

  return {
    async run(script, keys, args) {
      if (!redis.ready) await connected();
      return redis.script(script, keys, args);
    },
    async command(name, args) {
      if (!redis.ready) await connected();
      return redis.command(name, args);
    },
  };
}

function firstConnection(redis: RedisConnection): Promise<void> {
  return new Promise((resolve) => {
    const stop = redis.onReady(done);
    const timer = setTimeout(done, FIRST_CONNECTION_MS);
    // A connection opens itself at its first use, and this one may come before it is ready.
    redis.command('PING', []).then(done, () => redis.ready && done());
    function done() {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}
