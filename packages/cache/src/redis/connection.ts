/** A reply as ioredis gives it with buffers on. */
export type RedisReply = Buffer | number | null | RedisReply[];

export interface RedisScript {
  readonly name: string;
  readonly lua: string;
}

export interface CommandOptions {
  /** Overrides the connection's deadline, in ms. For blocking commands: their blocking time plus a deadline. */
  readonly timeoutMs?: number;
  /** Sends even while the breaker is open. For invalidations, which must be tried. */
  readonly ignoreBreaker?: boolean;
}

export type RedisArgument = string | Buffer | number;

/**
 * What the Redis backend needs of a connection; `@tbi/redis` makes such ones.
 * Every call settles within its deadline and rejects with an `Error` whose `code` is one of
 * `ERR_REDIS_DEADLINE`, `ERR_REDIS_BREAKER_OPEN`, `ERR_REDIS_UNAVAILABLE` (no connection, closed),
 * `ERR_REDIS_REPLY` (the server answered with an error; `reply` holds its first word, e.g. `OOM`).
 */
export interface RedisConnection {
  command(name: string, args: readonly RedisArgument[], options?: CommandOptions): Promise<RedisReply>;
  /** EVALSHA, with EVAL after NOSCRIPT. */
  script(
    script: RedisScript,
    keys: readonly string[],
    args: readonly RedisArgument[],
    options?: CommandOptions,
  ): Promise<RedisReply>;
  /** How often this connection has become ready; another server may answer after each. 0: never yet. */
  readonly generation: number;
  readonly ready: boolean;
  /** Keys are spread over several servers: multi-key commands need one hash tag. */
  readonly cluster: boolean;
  /** Calls back whenever the connection becomes ready. Returns the unsubscriber. */
  onReady(listener: () => void): () => void;
}

/** Two connections, because a blocking read would hold up everything behind it. */
export interface RedisConnections {
  readonly data: RedisConnection;
  /** For `XREAD BLOCK` only. */
  readonly log: RedisConnection;
}
